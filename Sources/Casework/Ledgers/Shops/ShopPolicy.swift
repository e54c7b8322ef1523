/// Which shop an incident belongs to: the one on whose frontage the object stands.
public enum ShopPolicy {
    /// Id of the shop; nil where no frontage is touched. Of several the one that holds most of the object's foot, then the
    /// smaller frontage, which was drawn more closely.
    /// - Parameter shops: those in use, by id.
    public static func shop(at place: IncidentPlace, of shops: [String: ShopRecord]) -> String? {
        shops.compactMap { id, shop in place.touch(shop.frontages).map { (id: id, points: $0.points, area: $0.area) } }
            .min { (-$0.points, $0.area, $0.id) < (-$1.points, $1.area, $1.id) }?.id
    }
}
