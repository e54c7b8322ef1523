public import Casework
public import Foundation
public import Logging
public import ServiceLifecycle

/// Keeps all couriers going until the program ends; one that fails holds up none of the others.
public struct ExchangeService: Service {
    private let couriers: [LogCourier]
    private let pollSeconds: Double
    private let logger: Logger

    public init(
        receivers: [any LogReceiver], store: any ExchangeStore, delivery: ExchangeSettings.Delivery,
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        let backoff = RetryBackoff(first: delivery.firstRetrySeconds, longest: delivery.longestRetrySeconds)
        couriers = receivers.map { LogCourier(receiver: $0, store: store, backoff: backoff, now: now, logger: logger) }
        pollSeconds = delivery.pollSeconds
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup(of: Void.self) { group in
                for courier in couriers { group.addTask { await keepGoing(courier) } }
                // Without any there is still something to wait for.
                group.addTask { while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) } }
            }
        }
    }

    private func keepGoing(_ courier: LogCourier) async {
        while !Task.isCancelled {
            do {
                if case .went = try await courier.step() { continue }
            } catch {
                logger.error("the log cannot be read or its cursor not stored", metadata: ["reason": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(pollSeconds))
        }
    }
}
