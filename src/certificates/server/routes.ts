import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { checkVerifications, endHolders } from './bulk-commands.ts'
import {
  checkVerification,
  recordEvent,
  registerCertificate,
  reinstateCertificate,
  renewCertificate,
  suspendCertificate,
  updateCertificate,
  withdrawCertificate,
} from './commands.ts'
import { updateDocument, withdrawDocument } from './document-commands.ts'
import { getCertificate, getDocument, homeCertificates, listCertificates } from './queries.ts'
import { restoreCertificate, transferCertificate } from './succession-commands.ts'

export const certificateRoutes: Route<Context>[] = [
  route('GET', '/api/certificates', listCertificates, 'The register of certificates'),
  route(
    'GET',
    '/api/certificates/home',
    homeCertificates,
    'Certificates with their cycles, soonest end first',
  ),
  route('POST', '/api/certificates', registerCertificate, 'Register a certificate'),
  route(
    'GET',
    '/api/certificates/:id',
    getCertificate,
    'One certificate with state, cycle, warnings and documents',
  ),
  route('PUT', '/api/certificates/:id', updateCertificate, 'Change the facts of a certificate'),
  route('POST', '/api/certificates/:id/renewals', renewCertificate, 'Add the next term'),
  route('POST', '/api/certificates/:id/events', recordEvent, 'Record an audit, scan or letter'),
  route('POST', '/api/certificates/:id/suspension', suspendCertificate, 'Suspend'),
  route('POST', '/api/certificates/:id/reinstatement', reinstateCertificate, 'End a suspension'),
  route('POST', '/api/certificates/:id/withdrawal', withdrawCertificate, 'Withdraw'),
  route('POST', '/api/certificates/:id/restoration', restoreCertificate, 'Restore a lapsed certificate'),
  route('POST', '/api/certificates/:id/transfer', transferCertificate, 'Move to another certification body'),
  route(
    'POST',
    '/api/certificates/:id/verification',
    checkVerification,
    "Say when the issuer's register was checked",
  ),
  route(
    'POST',
    '/api/certificates/verifications',
    checkVerifications,
    "Say of many certificates when the issuers' registers were checked",
  ),
  route('POST', '/api/certificates/holder-ends', endHolders, 'End what an entity holds in many certificates'),
  route('GET', '/api/documents/:id', getDocument, 'What is known about a document'),
  route('PUT', '/api/documents/:id', updateDocument, 'Change title or distribution of a document'),
  route('POST', '/api/documents/:id/withdrawal', withdrawDocument, 'Withdraw a document'),
]
