import BotRuntime
import Testing

struct ByteBudgetTests {
    private let budget = ByteBudget(limitInBytes: 100)

    @Test func `a share that is dropped gives back all that it grew to`() throws {
        do {
            let share = try #require(budget.share(of: 10))
            share.grow(to: 300)
            share.grow(to: 200)
            #expect(budget.usedBytes == 300)
            #expect(budget.share(of: 1) == nil)
        }
        #expect(budget.usedBytes == 0)
    }

    @Test(arguments: [101, .max])
    func `what does not fit takes nothing`(size: Int) throws {
        let share = try #require(budget.share(of: 40))
        #expect(budget.share(of: size) == nil)
        #expect(!share.take(size))
        #expect(budget.usedBytes == 40)
        #expect(share.take(60))
        #expect(budget.usedBytes == 100)
    }

    @Test func `a share that shrinks gives back the rest, and nothing twice`() throws {
        let share = try #require(budget.share(of: 80))
        share.shrink(to: 30)
        share.shrink(to: 50)
        #expect(budget.usedBytes == 30)
        share.release()
        share.release()
        #expect(budget.usedBytes == 0)
    }
}
