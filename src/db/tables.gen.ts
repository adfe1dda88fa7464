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
  certificate: {
    organisationId: string
    id: string
    version: number
    key: string
    kind: string
    scheme: string
    number: string | null
    initialDate: string | null
    holders: ColumnType<unknown, string, string>
    services: ColumnType<unknown, string, string>
    scopes: ColumnType<unknown, string, string>
    terms: ColumnType<unknown, string, string>
    events: ColumnType<unknown, string, string>
    verificationUrl: string | null
    verificationCheckedOn: string | null
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
  idempotency: {
    organisationId: string
    actorId: string
    key: string
    requestDigest: string
    status: number
    answer: string
    createdAt: string
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
  certificate: {
    organisationId: 'uuid',
    id: 'uuid',
    version: 'integer',
    key: 'text',
    kind: 'text',
    scheme: 'text',
    number: 'text',
    initialDate: 'date',
    holders: 'jsonb',
    services: 'jsonb',
    scopes: 'jsonb',
    terms: 'jsonb',
    events: 'jsonb',
    verificationUrl: 'text',
    verificationCheckedOn: 'date',
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
  idempotency: {
    organisationId: 'uuid',
    actorId: 'uuid',
    key: 'text',
    requestDigest: 'text',
    status: 'integer',
    answer: 'text',
    createdAt: 'timestamp with time zone',
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
} as const
