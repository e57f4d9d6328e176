import BotctlCommands

await BotctlMain.run()
