/// What one place of a view looks like now, beside two older pictures of it.
public struct PlaceJudgement: Sendable, Hashable {
    public enum Finding: String, Sendable, Hashable, CaseIterable {
        /// As with the object.
        case there
        /// As before the object came.
        case gone
        /// It cannot be told; `obstacle` says why.
        case unseen
    }

    /// What kept it from being told.
    public enum Obstacle: String, Sendable, Hashable, CaseIterable {
        /// Too few pictures came.
        case tooFewPictures
        /// Night without lamps, or a covered lens.
        case dark
        /// Out of focus, or something large before the lens.
        case blurred
        /// The camera looks elsewhere.
        case moved
        /// The surroundings of the place are covered or look otherwise than in the package.
        case covered
        /// The place shows neither the object nor the ground as it was: something else, or part of both.
        case neither
        /// In the package itself the object cannot be told from the ground well enough.
        case indistinct
        /// The package holds no picture from before, so nothing shows what “gone” looks like.
        case noPictureBefore
        /// The picture has other proportions than in the package.
        case otherFormat
    }

    public var finding: Finding
    /// nil unless `unseen`.
    public var obstacle: Obstacle?
    /// Part of the place that looks like the object, 0…1; nil where nothing was compared.
    public var objectPart: Double?
    /// Part of the place that looks like the ground before, 0…1.
    public var groundPart: Double?
    /// Pictures that showed the view well.
    public var pictures: Int

    init(_ finding: Finding, _ obstacle: Obstacle? = nil, objectPart: Double? = nil, groundPart: Double? = nil, pictures: Int = 0) {
        self.finding = finding
        self.obstacle = obstacle
        self.objectPart = objectPart
        self.groundPart = groundPart
        self.pictures = pictures
    }
}
