import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONCoding
import NIOCore
import WallClock

/// The control endpoint under `/simulator/v1/`, by which tests set faults and quotas and see what happened.
///
/// It takes no credentials and is no part of any service.
struct ControlFace: Sendable {
    private let state: SimulatorState
    private let clock: WallClock

    init(state: SimulatorState, clock: WallClock) {
        self.state = state
        self.clock = clock
    }

    /// Whether a path belongs to the control endpoint.
    static func serves(_ target: RequestTarget) -> Bool {
        target.segments.count > 1 && target.segments[1] == "simulator"
    }

    /// The answer to a request.
    func respond(to request: IncomingRequest) -> Response {
        let path = request.target.segments.dropFirst(2)
        guard path.first == "v1", path.count == 2, let name = path.last else { return notFound }
        switch (request.method, name) {
        case ("GET", "faults"): return answer(200, faults)
        case ("POST", "faults"): return add(request.body)
        case ("DELETE", "faults"):
            state.lab.clear()
            return answer(200, faults)
        case ("GET", "quotas"): return answer(200, state.quotas.json(now: clock.now()))
        case ("POST", "quotas"): return setQuotas(request.body)
        case ("DELETE", "quotas"):
            state.quotas.clear()
            return answer(200, state.quotas.json(now: clock.now()))
        case ("GET", "counts"): return answer(200, counts)
        case ("GET", "requests"): return answer(200, ["requests": state.log.json])
        case ("DELETE", "requests"):
            state.log.clear()
            return answer(200, ["requests": []])
        default: return notFound
        }
    }

    private func add(_ body: [UInt8]) -> Response {
        do throws(FaultError) {
            let faults = try Fault.parsed(body)
            guard state.lab.add(faults) else {
                return answer(400, ["error": .string("more than \(FaultLab.limit) faults would wait")])
            }
        } catch {
            return answer(400, ["error": .string(error.description)])
        }
        return answer(200, self.faults)
    }

    private func setQuotas(_ body: [UInt8]) -> Response {
        do throws(QuotaError) {
            guard state.quotas.set(try Quota.list(json: body)) else {
                return answer(400, ["error": .string("more than \(QuotaMeter.limit) quotas would hold")])
            }
        } catch {
            return answer(400, ["error": .string(error.description)])
        }
        return answer(200, state.quotas.json(now: clock.now()))
    }

    private var faults: JSONValue { ["faults": .array(state.lab.waiting.map(\.json))] }

    private var counts: JSONValue {
        let reading = state.counts.now
        let served = state.lab.served.sorted { $0.key.rawValue < $1.key.rawValue }
        let operations = reading.operations.sorted { $0.key < $1.key }
        return [
            "requests": .integer(reading.requests),
            "operations": .object(JSONObject(operations.map { ($0.key, .integer($0.value)) })),
            "faults": .object(JSONObject(served.map { ($0.key.rawValue, .integer($0.value)) })),
            "faults_served": .integer(served.reduce(0) { $0 + $1.value }),
            "open_streams": .integer(reading.openStreams), "open_requests": .integer(reading.openRequests),
            "connections": .integer(reading.connections),
            "accepted_connections": .integer(reading.acceptedConnections),
        ]
    }

    private var notFound: Response {
        answer(
            404,
            [
                "error":
                    "the control endpoint has GET, POST and DELETE /simulator/v1/faults and /simulator/v1/quotas, GET /simulator/v1/counts, GET and DELETE /simulator/v1/requests"
            ])
    }

    private func answer(_ status: Int, _ value: JSONValue) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.encoded())))
    }
}

extension Fault {
    /// One fault, or a list of them, as the control endpoint takes it.
    fileprivate static func parsed(_ body: [UInt8]) throws(FaultError) -> [Fault] {
        let value: JSONValue
        do {
            value = try JSONParser.parse(body, limits: JSONLimits(values: 100_000))
        } catch {
            throw FaultError(description: "the body is \(error)")
        }
        if value["fault"] != nil { return [try Fault(value)] }
        return try list(json: body)
    }
}
