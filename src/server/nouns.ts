import { type AccessTable, type Matrix, matrixOf } from '../access/permission.ts'
import { assetAccess, assetScaleAccess } from '../assets/access.ts'
import { asset } from '../assets/asset.ts'
import { assetProblemTexts } from '../assets/problems.ts'
import { assetScale } from '../assets/scale.ts'
import { assetRoutes } from '../assets/server/routes.ts'
import {
  arrangementAccess,
  calendarRulesAccess,
  digestAccess,
  dueAccess,
  feedAccess,
  reminderAccess,
} from '../calendar/access.ts'
import { arrangement } from '../calendar/arrangement.ts'
import { feed } from '../calendar/feed.ts'
import { calendarProblems } from '../calendar/problems.ts'
import { reminder } from '../calendar/reminder.ts'
import { calendarRules } from '../calendar/rules.ts'
import { calendarRoutes } from '../calendar/server/routes.ts'
import { certificateAccess, documentAccess } from '../certificates/access.ts'
import { certificate } from '../certificates/certificate.ts'
import { document } from '../certificates/document.ts'
import { certificateProblemTexts, warningTexts } from '../certificates/problems.ts'
import { certificateRoutes } from '../certificates/server/routes.ts'
import { checkAccess, collectionAccess } from '../checks/access.ts'
import { check } from '../checks/check.ts'
import { checkProblemTexts } from '../checks/problems.ts'
import { run } from '../checks/run.ts'
import { checkRoutes } from '../checks/server/routes.ts'
import {
  ismsRoleAccess,
  issueAccess,
  obligationAccess,
  partyAccess,
  scopeStatementAccess,
} from '../context/access.ts'
import { ismsRole } from '../context/isms-role.ts'
import { issue } from '../context/issue.ts'
import { obligation } from '../context/obligation.ts'
import { party } from '../context/party.ts'
import { contextProblemTexts } from '../context/problems.ts'
import { scopeStatement } from '../context/scope-statement.ts'
import { contextRoutes } from '../context/server/routes.ts'
import { controlAccess, implementationAccess, occurrenceAccess } from '../controls/access.ts'
import { control } from '../controls/control.ts'
import { implementation } from '../controls/implementation.ts'
import { occurrence } from '../controls/occurrence.ts'
import { controlProblemTexts } from '../controls/problems.ts'
import { controlRoutes } from '../controls/server/routes.ts'
import type { Context } from '../db/context.ts'
import { namedDocumentAccess } from '../documented-information/access.ts'
import { namedDocument } from '../documented-information/named-document.ts'
import { documentedInformationProblems } from '../documented-information/problems.ts'
import { documentedInformationRoutes } from '../documented-information/server/routes.ts'
import { evidenceAccess } from '../evidence/access.ts'
import { evidence } from '../evidence/evidence.ts'
import { evidenceProblemTexts } from '../evidence/problems.ts'
import { evidenceRoutes } from '../evidence/server/routes.ts'
import { editionAccess, overlayAccess } from '../frameworks/access.ts'
import { adoptedEdition } from '../frameworks/adopted-edition.ts'
import { overlayRecord } from '../frameworks/overlay-record.ts'
import { frameworkProblems } from '../frameworks/problems.ts'
import { frameworkRoutes } from '../frameworks/server/routes.ts'
import { handoverAccess } from '../handover/access.ts'
import { handoverProblems } from '../handover/problems.ts'
import { handoverRoutes } from '../handover/server/routes.ts'
import type { ProblemTexts } from '../kernel/error.ts'
import { kernelProblems } from '../kernel/problems.ts'
import type { RecordType } from '../kernel/record.ts'
import type { Route } from '../kernel/route.ts'
import { logAccess } from '../log/access.ts'
import { erasure } from '../log/erasure.ts'
import { logProblems } from '../log/problems.ts'
import { logRoutes } from '../log/server/routes.ts'
import { objectiveAccess, readingAccess } from '../objectives/access.ts'
import { objective } from '../objectives/objective.ts'
import { objectiveProblemTexts } from '../objectives/problems.ts'
import { reading } from '../objectives/reading.ts'
import { objectiveRoutes } from '../objectives/server/routes.ts'
import { onboardingAccess } from '../onboarding/access.ts'
import { onboarding } from '../onboarding/onboarding.ts'
import { onboardingRoutes } from '../onboarding/server/routes.ts'
import { entityAccess, organisationAccess, serviceAccess } from '../organisation/access.ts'
import { entity } from '../organisation/entity.ts'
import { organisation } from '../organisation/organisation.ts'
import { organisationProblems } from '../organisation/problems.ts'
import { organisationRoutes } from '../organisation/server/routes.ts'
import { service } from '../organisation/service.ts'
import { apiKeyAccess, grantAccess, personAccess } from '../people/access.ts'
import { apiKey } from '../people/api-key.ts'
import { person } from '../people/person.ts'
import { peopleProblems } from '../people/problems.ts'
import { roleGrant } from '../people/role-grant.ts'
import { peopleRoutes } from '../people/server/routes.ts'
import { postureAccess } from '../posture/access.ts'
import { postureProblems } from '../posture/problems.ts'
import { postureRoutes } from '../posture/server/routes.ts'
import { applicabilityAccess, programmeAccess } from '../programmes/access.ts'
import { applicability } from '../programmes/applicability.ts'
import { programmeNounProblems } from '../programmes/problems.ts'
import { programme } from '../programmes/programme.ts'
import { programmeNounRoutes } from '../programmes/server/routes.ts'
import { reportAccess, reportPackageAccess } from '../reports/access.ts'
import { reportProblems } from '../reports/problems.ts'
import { reportPackage } from '../reports/report-package.ts'
import { reportRoutes } from '../reports/server/routes.ts'
import { riskAcceptance } from '../risks/acceptance.ts'
import { riskAcceptanceAccess, riskAccess, riskMethodAccess } from '../risks/access.ts'
import { riskMethod } from '../risks/method.ts'
import { riskProblems } from '../risks/problems.ts'
import { risk } from '../risks/risk.ts'
import { riskRoutes } from '../risks/server/routes.ts'
import { soaAccess } from '../soa/access.ts'
import { soaProblems } from '../soa/problems.ts'
import { soaRoutes } from '../soa/server/routes.ts'
import { soaVersion } from '../soa/soa-version.ts'
import { tabularProblems } from '../tabular/problems.ts'
import { pageTextAccess, publicationAccess, reportRequestAccess } from '../trust/access.ts'
import { pageText } from '../trust/page-text.ts'
import { trustProblems } from '../trust/problems.ts'
import { publication } from '../trust/publication.ts'
import { reportRequest } from '../trust/report-request.ts'
import { requestsDue } from '../trust/server/request-due-queries.ts'
import { trustRoutes } from '../trust/server/routes.ts'
import { archiveProblems } from './archive/problems.ts'
import { programmeAccess as programmeFileAccess } from './programme/access.ts'
import { programmeProblems } from './programme/problems.ts'
import { programmeRoutes } from './programme/routes.ts'

/** Every kind of record, in the order of the nouns: what replaying the log rebuilds. */
export const recordTypes: readonly RecordType[] = [
  erasure,
  organisation,
  entity,
  service,
  person,
  roleGrant,
  apiKey,
  asset,
  assetScale,
  adoptedEdition,
  overlayRecord,
  programme,
  applicability,
  party,
  issue,
  obligation,
  scopeStatement,
  ismsRole,
  objective,
  reading,
  control,
  implementation,
  occurrence,
  riskMethod,
  risk,
  riskAcceptance,
  evidence,
  check,
  run,
  soaVersion,
  namedDocument,
  certificate,
  document,
  arrangement,
  feed,
  calendarRules,
  reminder,
  reportPackage,
  onboarding,
  pageText,
  publication,
  reportRequest,
]

export const accessTables: readonly AccessTable[] = [
  logAccess,
  organisationAccess,
  entityAccess,
  serviceAccess,
  personAccess,
  grantAccess,
  apiKeyAccess,
  assetAccess,
  assetScaleAccess,
  editionAccess,
  overlayAccess,
  programmeAccess,
  applicabilityAccess,
  partyAccess,
  issueAccess,
  obligationAccess,
  scopeStatementAccess,
  ismsRoleAccess,
  objectiveAccess,
  readingAccess,
  controlAccess,
  implementationAccess,
  occurrenceAccess,
  riskMethodAccess,
  riskAccess,
  riskAcceptanceAccess,
  evidenceAccess,
  checkAccess,
  collectionAccess,
  postureAccess,
  soaAccess,
  namedDocumentAccess,
  certificateAccess,
  documentAccess,
  dueAccess,
  arrangementAccess,
  feedAccess,
  calendarRulesAccess,
  reminderAccess,
  digestAccess,
  handoverAccess,
  reportAccess,
  reportPackageAccess,
  onboardingAccess,
  pageTextAccess,
  publicationAccess,
  reportRequestAccess,
  programmeFileAccess,
]

export const routes: readonly Route<Context>[] = [
  ...logRoutes,
  ...organisationRoutes,
  ...peopleRoutes,
  ...assetRoutes,
  ...frameworkRoutes,
  ...programmeNounRoutes,
  ...contextRoutes,
  ...objectiveRoutes,
  ...controlRoutes,
  ...riskRoutes,
  ...evidenceRoutes,
  ...checkRoutes,
  ...postureRoutes,
  ...soaRoutes,
  ...documentedInformationRoutes,
  ...certificateRoutes,
  ...calendarRoutes([requestsDue]),
  ...handoverRoutes([requestsDue]),
  ...reportRoutes,
  ...onboardingRoutes,
  ...trustRoutes,
  ...programmeRoutes,
]

export const problemTexts: ProblemTexts = {
  ...kernelProblems,
  ...tabularProblems,
  ...logProblems,
  ...organisationProblems,
  ...peopleProblems,
  ...assetProblemTexts,
  ...frameworkProblems,
  ...programmeNounProblems,
  ...contextProblemTexts,
  ...objectiveProblemTexts,
  ...controlProblemTexts,
  ...riskProblems,
  ...evidenceProblemTexts,
  ...checkProblemTexts,
  ...postureProblems,
  ...soaProblems,
  ...documentedInformationProblems,
  ...certificateProblemTexts,
  ...warningTexts,
  ...calendarProblems,
  ...handoverProblems,
  ...reportProblems,
  ...trustProblems,
  ...archiveProblems,
  ...programmeProblems,
}

/** The matrix, refusing to start when a route's permission is in no table. */
export function permissionMatrix(): Matrix {
  const matrix = matrixOf(accessTables)
  for (const { operation, path } of routes) {
    const permission = `${operation.noun}.${operation.action}`
    if (!matrix.has(permission)) throw new Error(`${path} needs ${permission}, which is in no access table`)
  }
  return matrix
}
