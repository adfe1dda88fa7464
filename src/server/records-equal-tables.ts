import type { asset } from '../assets/asset.ts'
import type { assetScale } from '../assets/scale.ts'
import type { arrangement } from '../calendar/arrangement.ts'
import type { feed } from '../calendar/feed.ts'
import type { certificate } from '../certificates/certificate.ts'
import type { document } from '../certificates/document.ts'
import type { check } from '../checks/check.ts'
import type { run } from '../checks/run.ts'
import type { ismsRole } from '../context/isms-role.ts'
import type { issue } from '../context/issue.ts'
import type { obligation } from '../context/obligation.ts'
import type { party } from '../context/party.ts'
import type { scopeStatement } from '../context/scope-statement.ts'
import type { control } from '../controls/control.ts'
import type { implementation } from '../controls/implementation.ts'
import type { occurrence } from '../controls/occurrence.ts'
import type { TableEquals } from '../db/equality.ts'
import type { namedDocument } from '../documented-information/named-document.ts'
import type { evidence } from '../evidence/evidence.ts'
import type { adoptedEdition } from '../frameworks/adopted-edition.ts'
import type { overlayRecord } from '../frameworks/overlay-record.ts'
import type { objective } from '../objectives/objective.ts'
import type { reading } from '../objectives/reading.ts'
import type { entity } from '../organisation/entity.ts'
import type { organisation } from '../organisation/organisation.ts'
import type { service } from '../organisation/service.ts'
import type { apiKey } from '../people/api-key.ts'
import type { person } from '../people/person.ts'
import type { roleGrant } from '../people/role-grant.ts'
import type { applicability } from '../programmes/applicability.ts'
import type { programme } from '../programmes/programme.ts'
import type { reportPackage } from '../reports/report-package.ts'
import type { riskAcceptance } from '../risks/acceptance.ts'
import type { riskMethod } from '../risks/method.ts'
import type { risk } from '../risks/risk.ts'
import type { soaVersion } from '../soa/soa-version.ts'
import type { pageText } from '../trust/page-text.ts'
import type { publication } from '../trust/publication.ts'
import type { reportRequest } from '../trust/report-request.ts'

/** Each line compiles only while the record and its table say the same: the two declarations of every field. */
export type RecordsEqualTables = [
  Same<TableEquals<typeof organisation, 'organisation'>>,
  Same<TableEquals<typeof entity, 'entity'>>,
  Same<TableEquals<typeof service, 'service'>>,
  Same<TableEquals<typeof person, 'person'>>,
  Same<TableEquals<typeof roleGrant, 'roleGrant'>>,
  Same<TableEquals<typeof apiKey, 'apiKey'>>,
  Same<TableEquals<typeof adoptedEdition, 'edition'>>,
  Same<TableEquals<typeof overlayRecord, 'overlay'>>,
  Same<TableEquals<typeof certificate, 'certificate'>>,
  Same<TableEquals<typeof document, 'document'>>,
  Same<TableEquals<typeof pageText, 'pageText'>>,
  Same<TableEquals<typeof publication, 'publication'>>,
  Same<TableEquals<typeof reportRequest, 'reportRequest'>>,
  Same<TableEquals<typeof applicability, 'applicability'>>,
  Same<TableEquals<typeof programme, 'programme'>>,
  Same<TableEquals<typeof asset, 'asset'>>,
  Same<TableEquals<typeof assetScale, 'assetScale'>>,
  Same<TableEquals<typeof evidence, 'evidence'>>,
  Same<TableEquals<typeof occurrence, 'occurrence'>>,
  Same<TableEquals<typeof implementation, 'implementation'>>,
  Same<TableEquals<typeof control, 'control'>>,
  Same<TableEquals<typeof run, 'checkRun'>>,
  Same<TableEquals<typeof check, 'checkDefinition'>>,
  Same<TableEquals<typeof feed, 'calendarFeed'>>,
  Same<TableEquals<typeof arrangement, 'arrangement'>>,
  Same<TableEquals<typeof party, 'interestedParty'>>,
  Same<TableEquals<typeof issue, 'contextIssue'>>,
  Same<TableEquals<typeof obligation, 'obligation'>>,
  Same<TableEquals<typeof scopeStatement, 'scopeStatement'>>,
  Same<TableEquals<typeof ismsRole, 'ismsRole'>>,
  Same<TableEquals<typeof objective, 'objective'>>,
  Same<TableEquals<typeof reading, 'reading'>>,
  Same<TableEquals<typeof riskMethod, 'riskMethod'>>,
  Same<TableEquals<typeof risk, 'risk'>>,
  Same<TableEquals<typeof riskAcceptance, 'riskAcceptance'>>,
  Same<TableEquals<typeof soaVersion, 'soaVersion'>>,
  Same<TableEquals<typeof reportPackage, 'reportPackage'>>,
  Same<TableEquals<typeof namedDocument, 'namedDocument'>>,
]

type Same<Verdict extends true> = Verdict
