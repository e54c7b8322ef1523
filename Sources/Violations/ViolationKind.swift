/// What can be found; the raw value is the id in findings, files and the API.
public enum ViolationKind: String, Codable, Sendable, CaseIterable, Hashable {
    case storefrontEncroachment = "storefront-encroachment"
    case roadsideVending = "roadside-vending"
    case piledGoods = "piled-goods"
    case exposedRubbish = "exposed-rubbish"
    case binOverflow = "bin-overflow"
    case parkedBikes = "parked-bikes"
    case sharedBikeHeap = "shared-bike-heap"
    case stoppedVehicle = "stopped-vehicle"
    case blockedFireLane = "blocked-fire-lane"
    case blockedTactilePath = "blocked-tactile-path"
    case hungGoods = "hung-goods"
}
