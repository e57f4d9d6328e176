import BotctlCommands

BotctlMain.prepare()
await BotctlMain.run()
