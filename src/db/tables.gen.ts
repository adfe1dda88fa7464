// Written by `npm run schema` from the migrations. Do not edit.
import type { ColumnType } from 'kysely'

export type Tables = {
  apiKey: {
    organisationId: string
    id: string
    version: number
    name: string
    prefix: string
    digest: string
    role: string
    entityId: string | null
    scopes: ColumnType<unknown, string, string>
    createdBy: string
    expiresAt: string
    revokedAt: string | null
  }
  apiKeyUse: {
    organisationId: string
    id: string
    usedAt: string
  }
  applicability: {
    organisationId: string
    id: string
    version: number
    programmeId: string
    requirement: string
    decisions: ColumnType<unknown, string, string>
  }
  arrangement: {
    organisationId: string
    id: string
    version: number
    subject: string
    entityId: string | null
    assigneeId: string | null
    snoozedUntil: string | null
    reason: string
    personId: string | null
  }
  asset: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    description: ColumnType<unknown, string, string> | null
    kind: string
    entityId: string
    serviceIds: ColumnType<unknown, string, string>
    ownerId: string | null
    classification: string | null
    value: ColumnType<unknown, string, string>
    override: ColumnType<unknown, string, string>
    personalData: boolean
    cardData: boolean
    location: ColumnType<unknown, string, string> | null
    retention: ColumnType<unknown, string, string> | null
    dependsOn: ColumnType<unknown, string, string>
    identifiers: ColumnType<unknown, string, string>
    inUseFrom: string | null
    inUseTo: string | null
    former: ColumnType<unknown, string, string> | null
  }
  assetScale: {
    organisationId: string
    id: string
    version: number
    levels: ColumnType<unknown, string, string>
    classifications: ColumnType<unknown, string, string>
  }
  calendarFeed: {
    organisationId: string
    id: string
    version: number
    personId: string
    tokenDigest: string
    reach: string
    language: string
    createdOn: string
    endedOn: string | null
  }
  calendarRules: {
    organisationId: string
    id: string
    version: number
    escalationDays: number
    leadDays: ColumnType<unknown, string, string>
    digestHour: number
    digest: boolean
    language: string
  }
  certificate: {
    organisationId: string
    id: string
    version: number
    key: string
    kind: string
    scheme: string
    number: string | null
    initialDate: string | null
    predecessors: ColumnType<unknown, string, string>
    holders: ColumnType<unknown, string, string>
    services: ColumnType<unknown, string, string>
    scopes: ColumnType<unknown, string, string>
    terms: ColumnType<unknown, string, string>
    events: ColumnType<unknown, string, string>
    verificationUrl: string | null
    verificationCheckedOn: string | null
    words: ColumnType<string, never, never>
  }
  checkDefinition: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    controlId: string
    dataKind: string
    expression: string
    severity: string
    everyDays: number
    toleranceDays: number
    resources: ColumnType<unknown, string, string>
    activeFrom: string
    activeTo: string | null
    ownerId: string | null
    former: ColumnType<unknown, string, string> | null
  }
  checkRun: {
    organisationId: string
    id: string
    version: number
    checkId: string
    evidenceId: string
    expression: string
    ranOn: string
    ranAt: string
    validUntil: string
    results: ColumnType<unknown, string, string>
    unresolved: ColumnType<unknown, string, string>
    unresolvedCount: number
    problem: string | null
  }
  checkStanding: {
    organisationId: string
    checkId: string
    assetId: string
    decisive: boolean
    ranOn: string
    ranAt: string
    weight: number
    runId: string
    evidenceId: string
    outcome: string
    detail: string | null
    validUntil: string
  }
  collectorNonce: {
    organisationId: string
    keyId: string
    nonce: string
    expiresAt: string
  }
  contextIssue: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    origin: string
    topic: string
    relevant: boolean
    effect: ColumnType<unknown, string, string>
    entityIds: ColumnType<unknown, string, string>
    ownerId: string | null
    reviews: ColumnType<unknown, string, string>
    reviewMonths: number | null
    from: string | null
    to: string | null
    former: ColumnType<unknown, string, string> | null
  }
  control: {
    organisationId: string
    id: string
    version: number
    code: string
    name: ColumnType<unknown, string, string>
    objective: ColumnType<unknown, string, string>
    practice: ColumnType<unknown, string, string> | null
    libraryId: string | null
    libraryVersion: string | null
    review: ColumnType<unknown, string, string> | null
    protects: ColumnType<unknown, string, string>
    requirementLinks: ColumnType<unknown, string, string>
    controlLinks: ColumnType<unknown, string, string>
    together: ColumnType<unknown, string, string>
    ownerId: string | null
    retiredOn: string | null
    former: ColumnType<unknown, string, string> | null
  }
  dailyRun: {
    organisationId: string
    day: string
  }
  digestMail: {
    organisationId: string
    personId: string
    day: string
    state: string
  }
  document: {
    organisationId: string
    id: string
    version: number
    certificateId: string
    termId: string | null
    kind: string
    title: ColumnType<unknown, string, string>
    fileName: string
    mediaType: string
    size: number
    digest: string
    language: string | null
    distribution: string
    withdrawnOn: string | null
  }
  edition: {
    organisationId: string
    id: string
    version: number
    key: string
    digest: string
  }
  entity: {
    organisationId: string
    id: string
    version: number
    key: string
    parentId: string | null
    kind: string
    name: ColumnType<unknown, string, string>
    country: string | null
    memberFrom: string | null
    memberTo: string | null
  }
  erasure: {
    organisationId: string
    id: string
    version: number
    subjectNoun: string
    subjectId: string
    entries: ColumnType<unknown, string, string>
    legalBasis: string
    state: string
    requestedBy: string | null
    approvedBy: string | null
  }
  evidence: {
    organisationId: string
    id: string
    version: number
    title: string
    description: string | null
    location: string | null
    entityId: string
    source: string
    collector: string | null
    collectorId: string | null
    addedById: string | null
    aboutFrom: string
    aboutTo: string
    collectedOn: string
    collectedAt: string | null
    validUntil: string
    validityStated: boolean
    toleranceDays: number
    files: ColumnType<unknown, string, string>
    data: ColumnType<unknown, string, string> | null
    implementationIds: ColumnType<unknown, string, string>
    occurrenceIds: ColumnType<unknown, string, string>
    requirements: ColumnType<unknown, string, string>
    assetIds: ColumnType<unknown, string, string>
    review: ColumnType<unknown, string, string> | null
    replaces: string | null
    withdrawn: ColumnType<unknown, string, string> | null
    retainUntil: string | null
    hold: ColumnType<unknown, string, string> | null
    disposed: ColumnType<unknown, string, string> | null
  }
  evidenceLink: {
    organisationId: string
    evidenceId: string
    implementationId: string
    validUntil: string
  }
  evidenceUpload: {
    organisationId: string
    id: string
    actorId: string
    name: string
    declaredType: string
    state: string
    size: number
    received: number
    digest: string | null
    mediaType: string | null
    cardNumbers: string | null
    notInspected: ColumnType<unknown, string, string> | null
    findings: ColumnType<unknown, string, string> | null
    createdAt: string
    expiresAt: string
  }
  idempotency: {
    organisationId: string
    actorId: string
    key: string
    requestDigest: string
    status: number
    answer: string
    createdAt: string
  }
  implementation: {
    organisationId: string
    id: string
    version: number
    controlId: string
    entityId: string
    serviceId: string | null
    inheritable: boolean
    ownerId: string | null
    description: ColumnType<unknown, string, string>
    frequency: ColumnType<unknown, string, string> | null
    evidenceDays: number
    phases: ColumnType<unknown, string, string>
    endedOn: string | null
    former: ColumnType<unknown, string, string> | null
  }
  interestedParty: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    kind: string
    entityIds: ColumnType<unknown, string, string>
    needs: ColumnType<unknown, string, string>
    ownerId: string | null
    reviews: ColumnType<unknown, string, string>
    reviewMonths: number | null
    from: string | null
    to: string | null
    former: ColumnType<unknown, string, string> | null
  }
  ismsRole: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    responsibilities: ColumnType<unknown, string, string>
    authority: ColumnType<unknown, string, string> | null
    clauses: ColumnType<unknown, string, string>
    entityId: string | null
    holders: ColumnType<unknown, string, string>
    from: string | null
    to: string | null
  }
  logCheckpoint: {
    organisationId: string
    size: number
    root: string
    note: string
    sealedAt: string
  }
  logEntry: {
    organisationId: string
    idx: number
    leaf: string
    eventId: string
    type: string
    noun: string
    recordId: string
    n: number
    recordedAt: string
    salt: Buffer | null
    statement: string | null
  }
  logHead: {
    organisationId: string
    origin: string
    size: number
    lostFrom: number | null
    lostTo: number | null
    forkedAt: number | null
  }
  namedDocument: {
    organisationId: string
    id: string
    version: number
    programmeId: string
    duty: string
    name: ColumnType<unknown, string, string>
    label: string | null
    evidenceId: string
    issuedOn: string
    reviewBy: string | null
    namedById: string
    approval: ColumnType<unknown, string, string> | null
    withdrawn: ColumnType<unknown, string, string> | null
  }
  objective: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    why: ColumnType<unknown, string, string>
    programmeIds: ColumnType<unknown, string, string>
    entityIds: ColumnType<unknown, string, string>
    ownerId: string | null
    plan: ColumnType<unknown, string, string> | null
    measure: ColumnType<unknown, string, string>
    targets: ColumnType<unknown, string, string>
    from: string | null
    to: string | null
    former: ColumnType<unknown, string, string> | null
  }
  obligation: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    kind: string
    source: ColumnType<unknown, string, string>
    jurisdiction: string | null
    demands: ColumnType<unknown, string, string>
    partyId: string | null
    entityIds: ColumnType<unknown, string, string>
    serviceIds: ColumnType<unknown, string, string>
    requirements: ColumnType<unknown, string, string>
    ownerId: string | null
    reviews: ColumnType<unknown, string, string>
    reviewMonths: number | null
    from: string | null
    to: string | null
    former: ColumnType<unknown, string, string> | null
  }
  occurrence: {
    organisationId: string
    id: string
    version: number
    implementationId: string
    periodFrom: string
    periodTo: string
    dueBy: string
    plannedOn: string
    trigger: string | null
    attempts: ColumnType<unknown, string, string>
    missed: ColumnType<unknown, string, string> | null
    cancelled: ColumnType<unknown, string, string> | null
    passed: ColumnType<boolean, never, never>
  }
  onboarding: {
    organisationId: string
    id: string
    version: number
    scopeEntityIds: ColumnType<unknown, string, string>
    scopeServiceIds: ColumnType<unknown, string, string>
    skipped: ColumnType<unknown, string, string>
    putAwayOn: string | null
  }
  organisation: {
    organisationId: string
    id: string
    version: number
    name: ColumnType<unknown, string, string>
    timeZone: string
    host: string | null
    demoDay: string | null
  }
  overlay: {
    organisationId: string
    id: string
    version: number
    editionKey: string
    language: string
    licenceHolder: string
    digest: string
    texts: number
    removed: boolean
  }
  pageText: {
    organisationId: string
    id: string
    version: number
    section: string
    place: number
    title: ColumnType<unknown, string, string> | null
    body: ColumnType<unknown, string, string>
    authorId: string | null
    review: ColumnType<unknown, string, string> | null
    effectiveFrom: string | null
    effectiveTo: string | null
  }
  person: {
    organisationId: string
    id: string
    version: number
    name: ColumnType<unknown, string, string>
    email: string
    entityId: string | null
    jobTitle: ColumnType<unknown, string, string> | null
    state: string
    accountId: string | null
    leftOn: string | null
  }
  programme: {
    organisationId: string
    id: string
    version: number
    key: string
    name: ColumnType<unknown, string, string>
    edition: string
    categories: ColumnType<unknown, string, string>
    audiences: ColumnType<unknown, string, string>
    entities: ColumnType<unknown, string, string>
    services: ColumnType<unknown, string, string>
    cycles: ColumnType<unknown, string, string>
    ownerId: string | null
    certificateId: string | null
    endedOn: string | null
    former: ColumnType<unknown, string, string> | null
  }
  programmeFile: {
    organisationId: string
    digest: string
    receivedAt: string
  }
  publication: {
    organisationId: string
    id: string
    version: number
    number: number
    asOf: string
    publishedAt: string
    publishedOn: string
    publishedBy: string | null
    note: ColumnType<unknown, string, string> | null
    content: ColumnType<unknown, string, string>
    pages: ColumnType<unknown, string, string>
  }
  reading: {
    organisationId: string
    id: string
    version: number
    objectiveId: string
    on: string
    value: number
    source: string
    note: string | null
    readById: string | null
    replaces: string | null
  }
  reminder: {
    organisationId: string
    id: string
    version: number
    personId: string
    digest: boolean
    language: string
  }
  reportPackage: {
    organisationId: string
    id: string
    version: number
    programmeId: string
    kind: string
    language: string
    asOf: string
    files: ColumnType<unknown, string, string>
    madeById: string | null
    madeOn: string
  }
  reportRequest: {
    organisationId: string
    id: string
    version: number
    documentId: string
    documentDigest: string
    requesterName: string
    requesterEmail: string
    requesterCompany: string
    purpose: string
    language: string
    termsDigest: string
    requestedAt: string
    state: string
    decidedBy: string | null
    decidedAt: string | null
    decisionReason: string | null
    linkDigest: string | null
    linkExpiresAt: string | null
    downloadedAt: string | null
  }
  risk: {
    organisationId: string
    id: string
    version: number
    code: string
    name: ColumnType<unknown, string, string>
    scenario: ColumnType<unknown, string, string>
    approach: string
    threat: ColumnType<unknown, string, string> | null
    vulnerability: ColumnType<unknown, string, string> | null
    affects: ColumnType<unknown, string, string>
    entityId: string
    serviceIds: ColumnType<unknown, string, string>
    assetIds: ColumnType<unknown, string, string>
    issueIds: ColumnType<unknown, string, string>
    obligationIds: ColumnType<unknown, string, string>
    ownerId: string | null
    identifiedOn: string
    assessments: ColumnType<unknown, string, string>
    treatments: ColumnType<unknown, string, string>
    actions: ColumnType<unknown, string, string>
    reviews: ColumnType<unknown, string, string>
    reviewMonths: number | null
    quantity: ColumnType<unknown, string, string> | null
    closed: ColumnType<unknown, string, string> | null
    reopened: ColumnType<unknown, string, string>
    former: ColumnType<unknown, string, string> | null
  }
  riskAcceptance: {
    organisationId: string
    id: string
    version: number
    riskId: string
    riskVersion: number
    substance: string
    personId: string
    on: string
    until: string | null
    note: string | null
    revoked: ColumnType<unknown, string, string> | null
  }
  riskMethod: {
    organisationId: string
    id: string
    version: number
    number: number
    name: ColumnType<unknown, string, string>
    description: ColumnType<unknown, string, string>
    likelihood: ColumnType<unknown, string, string>
    consequence: ColumnType<unknown, string, string>
    areas: ColumnType<unknown, string, string>
    bands: ColumnType<unknown, string, string>
    matrix: ColumnType<unknown, string, string>
    aggregation: string
    reviewMonths: number
    effectiveFrom: string
    unreviewed: boolean
    authorIds: ColumnType<unknown, string, string>
    draftedOn: string
    approval: ColumnType<unknown, string, string> | null
    withdrawn: ColumnType<unknown, string, string> | null
  }
  roleGrant: {
    organisationId: string
    id: string
    version: number
    personId: string
    role: string
    entityId: string | null
    certificateId: string | null
    grantedOn: string
    endedOn: string | null
  }
  scopeStatement: {
    organisationId: string
    id: string
    version: number
    programmeId: string
    number: number
    scope: ColumnType<unknown, string, string>
    boundaries: ColumnType<unknown, string, string> | null
    entityIds: ColumnType<unknown, string, string>
    serviceIds: ColumnType<unknown, string, string>
    interfaces: ColumnType<unknown, string, string>
    exclusions: ColumnType<unknown, string, string>
    effectiveFrom: string
    authorIds: ColumnType<unknown, string, string>
    draftedOn: string
    approval: ColumnType<unknown, string, string> | null
    withdrawn: ColumnType<unknown, string, string> | null
  }
  service: {
    organisationId: string
    id: string
    version: number
    key: string
    entityId: string
    kind: string
    name: ColumnType<unknown, string, string>
    offeredFrom: string | null
    offeredTo: string | null
  }
  soaVersion: {
    organisationId: string
    id: string
    version: number
    programmeId: string
    number: number
    edition: string
    asOf: string
    logSize: number
    rows: ColumnType<unknown, string, string>
    note: string | null
    authorIds: ColumnType<unknown, string, string>
    draftedOn: string
    approval: ColumnType<unknown, string, string> | null
    withdrawn: ColumnType<unknown, string, string> | null
  }
}

/** SQL types of the columns that records have, per table. */
export const columnTypes = {
  api_key: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    name: 'text',
    prefix: 'text',
    digest: 'text',
    role: 'text',
    entityId: 'uuid',
    scopes: 'jsonb',
    createdBy: 'uuid',
    expiresAt: 'timestamp with time zone',
    revokedAt: 'timestamp with time zone',
  },
  api_key_use: {
    organisationId: 'uuid',
    id: 'uuid',
    usedAt: 'timestamp with time zone',
  },
  applicability: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    programmeId: 'uuid',
    requirement: 'text',
    decisions: 'jsonb',
  },
  arrangement: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    subject: 'text',
    entityId: 'uuid',
    assigneeId: 'uuid',
    snoozedUntil: 'date',
    reason: 'text',
    personId: 'uuid',
  },
  asset: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    description: 'jsonb',
    kind: 'text',
    entityId: 'uuid',
    serviceIds: 'jsonb',
    ownerId: 'uuid',
    classification: 'text',
    value: 'jsonb',
    override: 'jsonb',
    personalData: 'boolean',
    cardData: 'boolean',
    location: 'jsonb',
    retention: 'jsonb',
    dependsOn: 'jsonb',
    identifiers: 'jsonb',
    inUseFrom: 'date',
    inUseTo: 'date',
    former: 'jsonb',
  },
  asset_scale: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    levels: 'jsonb',
    classifications: 'jsonb',
  },
  calendar_feed: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    personId: 'uuid',
    tokenDigest: 'text',
    reach: 'text',
    language: 'text',
    createdOn: 'date',
    endedOn: 'date',
  },
  calendar_rules: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    escalationDays: 'integer',
    leadDays: 'jsonb',
    digestHour: 'integer',
    digest: 'boolean',
    language: 'text',
  },
  certificate: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    kind: 'text',
    scheme: 'text',
    number: 'text',
    initialDate: 'date',
    predecessors: 'jsonb',
    holders: 'jsonb',
    services: 'jsonb',
    scopes: 'jsonb',
    terms: 'jsonb',
    events: 'jsonb',
    verificationUrl: 'text',
    verificationCheckedOn: 'date',
  },
  check_definition: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    controlId: 'uuid',
    dataKind: 'text',
    expression: 'text',
    severity: 'text',
    everyDays: 'integer',
    toleranceDays: 'integer',
    resources: 'jsonb',
    activeFrom: 'date',
    activeTo: 'date',
    ownerId: 'uuid',
    former: 'jsonb',
  },
  check_run: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    checkId: 'uuid',
    evidenceId: 'uuid',
    expression: 'text',
    ranOn: 'date',
    ranAt: 'timestamp with time zone',
    validUntil: 'date',
    results: 'jsonb',
    unresolved: 'jsonb',
    unresolvedCount: 'integer',
    problem: 'text',
  },
  check_standing: {
    organisationId: 'uuid',
    checkId: 'uuid',
    assetId: 'uuid',
    decisive: 'boolean',
    ranOn: 'date',
    ranAt: 'timestamp with time zone',
    weight: 'integer',
    runId: 'uuid',
    evidenceId: 'uuid',
    outcome: 'text',
    detail: 'text',
    validUntil: 'date',
  },
  collector_nonce: {
    organisationId: 'uuid',
    keyId: 'uuid',
    nonce: 'text',
    expiresAt: 'timestamp with time zone',
  },
  context_issue: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    origin: 'text',
    topic: 'text',
    relevant: 'boolean',
    effect: 'jsonb',
    entityIds: 'jsonb',
    ownerId: 'uuid',
    reviews: 'jsonb',
    reviewMonths: 'integer',
    from: 'date',
    to: 'date',
    former: 'jsonb',
  },
  control: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    code: 'text',
    name: 'jsonb',
    objective: 'jsonb',
    practice: 'jsonb',
    libraryId: 'text',
    libraryVersion: 'text',
    review: 'jsonb',
    protects: 'jsonb',
    requirementLinks: 'jsonb',
    controlLinks: 'jsonb',
    together: 'jsonb',
    ownerId: 'uuid',
    retiredOn: 'date',
    former: 'jsonb',
  },
  daily_run: {
    organisationId: 'uuid',
    day: 'date',
  },
  digest_mail: {
    organisationId: 'uuid',
    personId: 'uuid',
    day: 'date',
    state: 'text',
  },
  document: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    certificateId: 'uuid',
    termId: 'uuid',
    kind: 'text',
    title: 'jsonb',
    fileName: 'text',
    mediaType: 'text',
    size: 'bigint',
    digest: 'text',
    language: 'text',
    distribution: 'text',
    withdrawnOn: 'date',
  },
  edition: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    digest: 'text',
  },
  entity: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    parentId: 'uuid',
    kind: 'text',
    name: 'jsonb',
    country: 'text',
    memberFrom: 'date',
    memberTo: 'date',
  },
  erasure: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    subjectNoun: 'text',
    subjectId: 'uuid',
    entries: 'jsonb',
    legalBasis: 'text',
    state: 'text',
    requestedBy: 'uuid',
    approvedBy: 'uuid',
  },
  evidence: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    title: 'text',
    description: 'text',
    location: 'text',
    entityId: 'uuid',
    source: 'text',
    collector: 'text',
    collectorId: 'uuid',
    addedById: 'uuid',
    aboutFrom: 'date',
    aboutTo: 'date',
    collectedOn: 'date',
    collectedAt: 'timestamp with time zone',
    validUntil: 'date',
    validityStated: 'boolean',
    toleranceDays: 'integer',
    files: 'jsonb',
    data: 'jsonb',
    implementationIds: 'jsonb',
    occurrenceIds: 'jsonb',
    requirements: 'jsonb',
    assetIds: 'jsonb',
    review: 'jsonb',
    replaces: 'uuid',
    withdrawn: 'jsonb',
    retainUntil: 'date',
    hold: 'jsonb',
    disposed: 'jsonb',
  },
  evidence_link: {
    organisationId: 'uuid',
    evidenceId: 'uuid',
    implementationId: 'uuid',
    validUntil: 'date',
  },
  evidence_upload: {
    organisationId: 'uuid',
    id: 'uuid',
    actorId: 'uuid',
    name: 'text',
    declaredType: 'text',
    state: 'text',
    size: 'bigint',
    received: 'bigint',
    digest: 'text',
    mediaType: 'text',
    cardNumbers: 'text',
    notInspected: 'jsonb',
    findings: 'jsonb',
    createdAt: 'timestamp with time zone',
    expiresAt: 'timestamp with time zone',
  },
  idempotency: {
    organisationId: 'uuid',
    actorId: 'uuid',
    key: 'text',
    requestDigest: 'text',
    status: 'integer',
    answer: 'text',
    createdAt: 'timestamp with time zone',
  },
  implementation: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    controlId: 'uuid',
    entityId: 'uuid',
    serviceId: 'uuid',
    inheritable: 'boolean',
    ownerId: 'uuid',
    description: 'jsonb',
    frequency: 'jsonb',
    evidenceDays: 'integer',
    phases: 'jsonb',
    endedOn: 'date',
    former: 'jsonb',
  },
  interested_party: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    kind: 'text',
    entityIds: 'jsonb',
    needs: 'jsonb',
    ownerId: 'uuid',
    reviews: 'jsonb',
    reviewMonths: 'integer',
    from: 'date',
    to: 'date',
    former: 'jsonb',
  },
  isms_role: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    responsibilities: 'jsonb',
    authority: 'jsonb',
    clauses: 'jsonb',
    entityId: 'uuid',
    holders: 'jsonb',
    from: 'date',
    to: 'date',
  },
  log_checkpoint: {
    organisationId: 'uuid',
    size: 'bigint',
    root: 'text',
    note: 'text',
    sealedAt: 'timestamp with time zone',
  },
  log_entry: {
    organisationId: 'uuid',
    idx: 'bigint',
    leaf: 'text',
    eventId: 'uuid',
    type: 'text',
    noun: 'text',
    recordId: 'uuid',
    n: 'integer',
    recordedAt: 'timestamp with time zone',
    salt: 'bytea',
    statement: 'text',
  },
  log_head: {
    organisationId: 'uuid',
    origin: 'text',
    size: 'bigint',
    lostFrom: 'bigint',
    lostTo: 'bigint',
    forkedAt: 'bigint',
  },
  named_document: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    programmeId: 'uuid',
    duty: 'text',
    name: 'jsonb',
    label: 'text',
    evidenceId: 'uuid',
    issuedOn: 'date',
    reviewBy: 'date',
    namedById: 'uuid',
    approval: 'jsonb',
    withdrawn: 'jsonb',
  },
  objective: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    why: 'jsonb',
    programmeIds: 'jsonb',
    entityIds: 'jsonb',
    ownerId: 'uuid',
    plan: 'jsonb',
    measure: 'jsonb',
    targets: 'jsonb',
    from: 'date',
    to: 'date',
    former: 'jsonb',
  },
  obligation: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    kind: 'text',
    source: 'jsonb',
    jurisdiction: 'text',
    demands: 'jsonb',
    partyId: 'uuid',
    entityIds: 'jsonb',
    serviceIds: 'jsonb',
    requirements: 'jsonb',
    ownerId: 'uuid',
    reviews: 'jsonb',
    reviewMonths: 'integer',
    from: 'date',
    to: 'date',
    former: 'jsonb',
  },
  occurrence: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    implementationId: 'uuid',
    periodFrom: 'date',
    periodTo: 'date',
    dueBy: 'date',
    plannedOn: 'date',
    trigger: 'text',
    attempts: 'jsonb',
    missed: 'jsonb',
    cancelled: 'jsonb',
  },
  onboarding: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    scopeEntityIds: 'jsonb',
    scopeServiceIds: 'jsonb',
    skipped: 'jsonb',
    putAwayOn: 'date',
  },
  organisation: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    name: 'jsonb',
    timeZone: 'text',
    host: 'text',
    demoDay: 'date',
  },
  overlay: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    editionKey: 'text',
    language: 'text',
    licenceHolder: 'text',
    digest: 'text',
    texts: 'integer',
    removed: 'boolean',
  },
  page_text: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    section: 'text',
    place: 'integer',
    title: 'jsonb',
    body: 'jsonb',
    authorId: 'uuid',
    review: 'jsonb',
    effectiveFrom: 'date',
    effectiveTo: 'date',
  },
  person: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    name: 'jsonb',
    email: 'text',
    entityId: 'uuid',
    jobTitle: 'jsonb',
    state: 'text',
    accountId: 'text',
    leftOn: 'date',
  },
  programme: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    name: 'jsonb',
    edition: 'text',
    categories: 'jsonb',
    audiences: 'jsonb',
    entities: 'jsonb',
    services: 'jsonb',
    cycles: 'jsonb',
    ownerId: 'uuid',
    certificateId: 'uuid',
    endedOn: 'date',
    former: 'jsonb',
  },
  programme_file: {
    organisationId: 'uuid',
    digest: 'text',
    receivedAt: 'timestamp with time zone',
  },
  publication: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    number: 'integer',
    asOf: 'date',
    publishedAt: 'timestamp with time zone',
    publishedOn: 'date',
    publishedBy: 'uuid',
    note: 'jsonb',
    content: 'jsonb',
    pages: 'jsonb',
  },
  reading: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    objectiveId: 'uuid',
    on: 'date',
    value: 'double precision',
    source: 'text',
    note: 'text',
    readById: 'uuid',
    replaces: 'uuid',
  },
  reminder: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    personId: 'uuid',
    digest: 'boolean',
    language: 'text',
  },
  report_package: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    programmeId: 'uuid',
    kind: 'text',
    language: 'text',
    asOf: 'date',
    files: 'jsonb',
    madeById: 'uuid',
    madeOn: 'date',
  },
  report_request: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    documentId: 'uuid',
    documentDigest: 'text',
    requesterName: 'text',
    requesterEmail: 'text',
    requesterCompany: 'text',
    purpose: 'text',
    language: 'text',
    termsDigest: 'text',
    requestedAt: 'timestamp with time zone',
    state: 'text',
    decidedBy: 'uuid',
    decidedAt: 'timestamp with time zone',
    decisionReason: 'text',
    linkDigest: 'text',
    linkExpiresAt: 'timestamp with time zone',
    downloadedAt: 'timestamp with time zone',
  },
  risk: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    code: 'text',
    name: 'jsonb',
    scenario: 'jsonb',
    approach: 'text',
    threat: 'jsonb',
    vulnerability: 'jsonb',
    affects: 'jsonb',
    entityId: 'uuid',
    serviceIds: 'jsonb',
    assetIds: 'jsonb',
    issueIds: 'jsonb',
    obligationIds: 'jsonb',
    ownerId: 'uuid',
    identifiedOn: 'date',
    assessments: 'jsonb',
    treatments: 'jsonb',
    actions: 'jsonb',
    reviews: 'jsonb',
    reviewMonths: 'integer',
    quantity: 'jsonb',
    closed: 'jsonb',
    reopened: 'jsonb',
    former: 'jsonb',
  },
  risk_acceptance: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    riskId: 'uuid',
    riskVersion: 'integer',
    substance: 'text',
    personId: 'uuid',
    on: 'date',
    until: 'date',
    note: 'text',
    revoked: 'jsonb',
  },
  risk_method: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    number: 'integer',
    name: 'jsonb',
    description: 'jsonb',
    likelihood: 'jsonb',
    consequence: 'jsonb',
    areas: 'jsonb',
    bands: 'jsonb',
    matrix: 'jsonb',
    aggregation: 'text',
    reviewMonths: 'integer',
    effectiveFrom: 'date',
    unreviewed: 'boolean',
    authorIds: 'jsonb',
    draftedOn: 'date',
    approval: 'jsonb',
    withdrawn: 'jsonb',
  },
  role_grant: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    personId: 'uuid',
    role: 'text',
    entityId: 'uuid',
    certificateId: 'uuid',
    grantedOn: 'date',
    endedOn: 'date',
  },
  scope_statement: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    programmeId: 'uuid',
    number: 'integer',
    scope: 'jsonb',
    boundaries: 'jsonb',
    entityIds: 'jsonb',
    serviceIds: 'jsonb',
    interfaces: 'jsonb',
    exclusions: 'jsonb',
    effectiveFrom: 'date',
    authorIds: 'jsonb',
    draftedOn: 'date',
    approval: 'jsonb',
    withdrawn: 'jsonb',
  },
  service: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    entityId: 'uuid',
    kind: 'text',
    name: 'jsonb',
    offeredFrom: 'date',
    offeredTo: 'date',
  },
  soa_version: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    programmeId: 'uuid',
    number: 'integer',
    edition: 'text',
    asOf: 'date',
    logSize: 'integer',
    rows: 'jsonb',
    note: 'text',
    authorIds: 'jsonb',
    draftedOn: 'date',
    approval: 'jsonb',
    withdrawn: 'jsonb',
  },
} as const
