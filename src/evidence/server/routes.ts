import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { addEvidence, reviseEvidence } from './commands.ts'
import { getEvidence } from './detail-query.ts'
import { discardFile, listFiles } from './files.ts'
import {
  disposeEvidence,
  holdEvidence,
  releaseEvidence,
  retainEvidence,
  withdrawEvidence,
} from './keeping-commands.ts'
import { linkEvidence, linkMany, unlinkEvidence } from './link-commands.ts'
import { listProposals } from './proposal-query.ts'
import { listEvidence } from './queries.ts'
import { reviewEvidence, reviewMany } from './review-commands.ts'
import { cancelUpload, listUploads, openUpload } from './uploads.ts'

export const evidenceRoutes: Route<Context>[] = [
  route('GET', '/api/evidence', listEvidence, 'The register of evidence'),
  route('POST', '/api/evidence', addEvidence, 'Add evidence with files that were sent'),
  route('GET', '/api/evidence/files', listFiles, 'Files of one’s own that no evidence uses yet'),
  route('DELETE', '/api/evidence/files/:id', discardFile, 'Give up a file that no evidence uses'),
  route('GET', '/api/evidence/uploads', listUploads, 'Files of one’s own that come in pieces'),
  route('POST', '/api/evidence/uploads', openUpload, 'Announce a file that comes in pieces'),
  route('DELETE', '/api/evidence/uploads/:id', cancelUpload, 'Give up a file that comes in pieces'),
  route('GET', '/api/evidence/proposals', listProposals, 'Evidence that could serve here too'),
  route('POST', '/api/evidence/links', linkMany, 'Link many items at once'),
  route('POST', '/api/evidence/reviews', reviewMany, 'Accept or reject many items at once'),
  route('GET', '/api/evidence/:id', getEvidence, 'One item, what it is linked to, and its revisions'),
  route('POST', '/api/evidence/:id/revision', reviseEvidence, 'Replace an item with a newer one'),
  route('POST', '/api/evidence/:id/links', linkEvidence, 'Link an item to more'),
  route('POST', '/api/evidence/:id/unlinks', unlinkEvidence, 'Undo links of an item'),
  route('POST', '/api/evidence/:id/review', reviewEvidence, 'Accept or reject an item'),
  route('POST', '/api/evidence/:id/withdrawal', withdrawEvidence, 'Take an item back'),
  route('POST', '/api/evidence/:id/hold', holdEvidence, 'Forbid disposal of an item'),
  route('POST', '/api/evidence/:id/hold-release', releaseEvidence, 'Allow disposal of an item again'),
  route('POST', '/api/evidence/:id/retention', retainEvidence, 'Decide how long an item is kept'),
  route('POST', '/api/evidence/:id/disposal', disposeEvidence, 'Remove the files of an item'),
]
