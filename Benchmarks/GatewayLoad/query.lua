-- What wrk sends: a query of one message to the bot that BOT_PATH and ACCESS_KEY name.
wrk.method = "POST"
wrk.path = os.getenv("BOT_PATH")
wrk.headers["Authorization"] = "Bearer " .. os.getenv("ACCESS_KEY")
wrk.headers["Content-Type"] = "application/json"
wrk.body = os.getenv("QUERY")
