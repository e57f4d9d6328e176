"""The faults that other validators let through, planted together: each is caught, in one run, at its place."""

from support import poe, program

MODEL = "model: amazon.nova-micro-v1:0\n"

# What is wrong: (the file, its text, line, column, code, a part of what the person is told).
PLANTED = {
    "a misspelt section": ("section", MODEL + "paramters:\n  temperature: 0.5\n", 2, 1, "BOT012", "'parameters'"),
    "a misspelt key": ("key", MODEL + "parameters:\n  temprature: 0.5\n", 3, 3, "BOT012", "'temperature'"),
    "a bogus region": ("region", "model: {id: amazon.nova-micro-v1:0, region: us-esat-1}\n", 1, 45, "BOT053", "us-east-1"),
    "text for a number": ("number", MODEL + "parameters:\n  max_tokens: lots\n", 3, 15, "BOT020", "whole number"),
    "an enum typo": ("enum", MODEL + "kind: caht\n", 2, 7, "BOT022", "'chat'"),
    "a missing model": ("missing", "description: no model\n", 1, 1, "BOT023", "'model' is missing"),
    "a model that is not there": ("model", "model: amazon.nova-mikro-v1:0\n", 1, 8, "BOT055", "amazon.nova-micro-v1:0"),
    "a template that is not there": ("template", MODEL + "template: SUPPORT\n", 2, 11, "BOT052", "SUPPORT"),
    "a fallback that is not there": ("fallback", MODEL + "fallback: {to: sonnet}\n", 2, 16, "BOT064", "sonnet"),
    "a fallback to itself": ("circle", MODEL + "fallback: {to: circle}\n", 2, 16, "BOT065", "circle"),
}


def test_every_planted_fault_is_caught_in_one_run(project):
    for name, text, *_ in PLANTED.values():
        project.bot(name, text)
    found = project.run("validate", "--output", "json").expect(3).json()
    errors = {
        item["file"]: (item["line"], item["column"], item["code"])
        for item in found["diagnostics"]
        if item["severity"] == "error"
    }
    assert errors == {
        f"bots.d/{name}.yaml": (line, column, code) for name, _, line, column, code, _ in PLANTED.values()
    }
    for item in found["diagnostics"]:
        if item["severity"] == "error":
            told = next(part for name, *_, part in PLANTED.values() if item["file"] == f"bots.d/{name}.yaml")
            assert told in " ".join([item["message"], *item["help"]]), item


def test_a_misspelt_section_of_the_project_is_caught(project):
    project.bot("nova", MODEL)
    (project.root / "botctl.yaml").write_text("enviroments:\n  local: {upstream: simulator}\n")
    found = project.run("validate").expect(3)
    assert "botctl.yaml:1:1: error[BOT012]" in found.stdout
    assert "did you mean 'environments'?" in found.stdout


def test_an_unset_reference_is_told_at_boot_and_for_that_bot_only(project, serve):
    project.echo_bot("good")
    project.bot(
        "keyless",
        MODEL + 'poe: {access_key: "${env:KEYLESS_KEY}"}\n',
    )
    project.run("validate").expect(0)
    # Deployed where the variable is set; the gateway is started where it is not.
    project.run("deploy", "--yes", KEYLESS_KEY=program.ACCESS_KEY).expect(0)
    gateway = serve(project)
    poe.ask(gateway.url, "good").assert_complete()
    program.wait_until(lambda: "bot not available" in gateway.log, "the gateway to say so", 10)
    told = [line for line in gateway.log.splitlines() if "bot not available" in line]
    assert len(told) == 1 and "keyless" in told[0] and "${env:KEYLESS_KEY}" in told[0], told
    assert "error" in poe.ask(gateway.url, "keyless").names, "it says that it is not available"
