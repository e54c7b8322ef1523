public import Casework

/// The way out of the house for messages: a plug, so that a street can use whatever sends its messages.
public protocol NoticeGateway: Sendable {
    /// Hands a message over; answers the gateway's own name for it, empty if it has none.
    ///
    /// The same `id` may come again, after a crash between the handing over and the record of it: the gateway must then not
    /// send twice.
    /// - Throws: `NoticeGatewayError`.
    func send(_ notice: NoticeText, id: Int64) async throws(NoticeGatewayError) -> String
}

/// Why a gateway did not take a message. Holds neither credentials nor the recipient.
public struct NoticeGatewayError: Error, Sendable, Hashable, CustomStringConvertible {
    public var reason: String
    /// Whether trying again can help; false for a message that the gateway will never take.
    public var isPassing: Bool

    public init(_ reason: String, isPassing: Bool = true) {
        self.reason = reason
        self.isPassing = isPassing
    }

    public var description: String { reason }
}
