import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { acceptRisk, revokeAcceptance } from './acceptance-commands.ts'
import { changeAction, doAction, dropAction, planAction } from './action-commands.ts'
import { assessRisk, treatRisk } from './assess-commands.ts'
import { changeRisks } from './bulk-commands.ts'
import { closeRisk, createRisk, reopenRisk, reviewRisk, updateRisk } from './commands.ts'
import { listRisks, nextRiskCode } from './list-queries.ts'
import { mapRisks } from './map-queries.ts'
import { approveMethod, draftMethod, startMethod, updateMethod, withdrawMethod } from './method-commands.ts'
import { getMethod, listMethods } from './method-queries.ts'
import { treatmentPlan } from './plan-queries.ts'
import { simulateRisk } from './quantity-queries.ts'
import { getRisk } from './record-queries.ts'

export const riskRoutes: Route<Context>[] = [
  route('GET', '/api/risk-methods', listMethods, 'The versions of the method'),
  route('POST', '/api/risk-methods', draftMethod, 'Draft the next version of the method'),
  route('POST', '/api/risk-methods/start', startMethod, 'Draft the method that comes with Assay'),
  route('GET', '/api/risk-methods/:id', getMethod, 'One version of the method'),
  route('PUT', '/api/risk-methods/:id', updateMethod, 'Edit a draft of the method'),
  route('POST', '/api/risk-methods/:id/approve', approveMethod, 'Put a version of the method in force'),
  route('POST', '/api/risk-methods/:id/withdraw', withdrawMethod, 'Take a version of the method back'),
  route('GET', '/api/risks', listRisks, 'The register of risks'),
  route('POST', '/api/risks', createRisk, 'Identify a risk'),
  route('POST', '/api/risks/change', changeRisks, 'Change many risks at once'),
  route('GET', '/api/risks/next-code', nextRiskCode, 'The code that the next risk gets'),
  route('GET', '/api/risks/map', mapRisks, 'The heat map, with movement since an earlier day'),
  route('GET', '/api/risks/treatment', treatmentPlan, 'The treatment plan over all risks'),
  route('GET', '/api/risks/:id', getRisk, 'One risk with its history'),
  route('PUT', '/api/risks/:id', updateRisk, 'Change what is written about a risk'),
  route('GET', '/api/risks/:id/simulation', simulateRisk, 'What a risk may cost in a year'),
  route('POST', '/api/risks/:id/assess', assessRisk, 'Assess a risk'),
  route('POST', '/api/risks/:id/treat', treatRisk, 'Decide how a risk is treated'),
  route('POST', '/api/risks/:id/actions', planAction, 'Put an action on the treatment plan'),
  route('PUT', '/api/risks/:id/actions/:key', changeAction, 'Change an open action'),
  route('POST', '/api/risks/:id/actions/:key/done', doAction, 'Tick an action off, or take the tick back'),
  route('POST', '/api/risks/:id/actions/:key/drop', dropAction, 'Take an action off the plan'),
  route('POST', '/api/risks/:id/review', reviewRisk, 'Say that the risk was looked at again'),
  route('POST', '/api/risks/:id/close', closeRisk, 'Close a risk'),
  route('POST', '/api/risks/:id/reopen', reopenRisk, 'Open a closed risk again'),
  route('POST', '/api/risks/:id/accept', acceptRisk, 'Accept what remains of a risk'),
  route('POST', '/api/risk-acceptances/:id/revoke', revokeAcceptance, 'Take an acceptance back'),
]
