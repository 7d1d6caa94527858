/** One data-centre location as the directory lists it. */
export interface Region {
  readonly id: string;
  readonly name: string;
  /** Empty where nobody said. */
  readonly city?: string;
  /** ISO 3166-1 alpha-2; ZZ where nobody said. */
  readonly country?: string;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly operator?: string;
  readonly operatorCountry?: string;
  /** Countries: the region may carry a meeting only if everyone in it is in one of them. */
  readonly servesOnly?: readonly string[] | null;
}

/** A named group of countries, as of a day. */
export interface CountryGroup {
  readonly id: string;
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly countries: readonly string[];
}

/** One running server process as the directory names it. */
export interface DirectoryNode {
  readonly id: string;
  readonly region: string;
  /** SubjectPublicKeyInfo of its P-256 key, base64url. */
  readonly key: string;
  readonly roles: readonly string[];
  /** The origin of its pages, API, signalling and probe; missing when clients never call it. */
  readonly frontDoor?: string | null;
}

/** One version of the signed list of regions and nodes. Times are seconds since 1970 in UTC. */
export interface RegionDirectory {
  readonly version: number;
  readonly issued: number;
  /** 0: until a newer one. */
  readonly expires: number;
  readonly regions: readonly Region[];
  readonly nodes: readonly DirectoryNode[];
  readonly groups: readonly CountryGroup[];
  /** Node keys that must not be believed any more. */
  readonly revoked: readonly string[];
}

/** Where a node receives media: its shards by UDP, its tunnel by TCP. */
export interface NodeAddress {
  readonly ip: string;
  readonly port: number;
  readonly protocol: string;
}

/** What a node says of itself, signed with its node key. */
export interface NodeStatement {
  readonly node: string;
  readonly region: string;
  /** SHA-256 of its DTLS certificate: upper-case hexadecimal pairs with colons. */
  readonly fingerprint: string;
  readonly addresses: readonly NodeAddress[];
  /** The TURN servers of its tunnel; missing where there is none. */
  readonly tunnels?: readonly string[];
  readonly issued: number;
  readonly expires: number;
}
