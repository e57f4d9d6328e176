# Makes the Python environment of Tests/Interop, anew when its requirements or its Python changed; sourced after
# common.sh. Gives: interop_python.

# shellcheck shell=bash disable=SC2154
interop_environment="$root/.build/interop-venv"
interop_python="$interop_environment/bin/python"
interop_requirements="$root/Tests/Interop/requirements.txt"
interop_stamp=$(python3 -c 'import sys; print(sys.version)'; cat "$interop_requirements")

if [[ ! -x $interop_python || $(cat "$interop_environment/made-from" 2>/dev/null) != "$interop_stamp" ]]; then
    rm -rf "$interop_environment"
    mkdir -p "$root/.build"
    python3 -m venv "$interop_environment"
    "$interop_python" -m pip install --quiet --disable-pip-version-check --requirement "$interop_requirements" ||
        die "pip could not install Tests/Interop/requirements.txt (is the Python package index reachable?)"
    printf '%s\n' "$interop_stamp" >"$interop_environment/made-from"
fi
