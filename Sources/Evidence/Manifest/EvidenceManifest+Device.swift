extension EvidenceManifest {
    /// The camera behind the channel.
    public struct Device: Codable, Hashable, Sendable {
        /// 20 digits of GB/T 28181; nil where it has none.
        public var nationalID: String?
        /// Where it stands, as the street calls it; nil where nobody wrote it.
        public var place: String?
        /// Degrees, CGCS2000.
        public var longitude: Double?
        /// Degrees, CGCS2000.
        public var latitude: Double?
        /// Whose camera it is.
        public var owner: String?
        /// The preset that a moving camera stood in; nil for a fixed one.
        public var preset: String?
        /// What allows its use as evidence; nil while the ledger has nothing of it.
        public var references: DeviceReferences?

        /// Empty texts are taken as nil.
        public init(
            nationalID: String? = nil, place: String? = nil, longitude: Double? = nil, latitude: Double? = nil,
            owner: String? = nil, preset: String? = nil, references: DeviceReferences? = nil
        ) {
            func text(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }
            self.nationalID = text(nationalID)
            self.place = text(place)
            self.longitude = longitude
            self.latitude = latitude
            self.owner = text(owner)
            self.preset = text(preset)
            self.references = references
        }
    }
}

/// What a camera needs before its pictures may be evidence: legal and technical review, a visible sign, a published place
/// (行政处罚法 §41), and its filing with the police (国令799号 §14), as they stood when the package was sealed.
public struct DeviceReferences: Codable, Hashable, Sendable {
    /// One document of the ledger.
    public struct Reference: Codable, Hashable, Sendable {
        /// Its number or file name, such as `松城管法审〔2026〕12号`.
        public var number: String
        /// `2026-11-23`.
        public var date: String?
        /// The last day on which it holds, `2027-11-22`; nil where it has no end.
        public var expires: String?

        public init(number: String, date: String? = nil, expires: String? = nil) {
            self.number = number
            self.date = date
            self.expires = expires
        }
    }

    public var owner: Reference?
    public var legalReview: Reference?
    public var technicalReview: Reference?
    public var signPhoto: Reference?
    public var publicationNotice: Reference?
    public var policeFiling: Reference?

    public init(
        owner: Reference? = nil, legalReview: Reference? = nil, technicalReview: Reference? = nil, signPhoto: Reference? = nil,
        publicationNotice: Reference? = nil, policeFiling: Reference? = nil
    ) {
        self.owner = owner
        self.legalReview = legalReview
        self.technicalReview = technicalReview
        self.signPhoto = signPhoto
        self.publicationNotice = publicationNotice
        self.policeFiling = policeFiling
    }
}
