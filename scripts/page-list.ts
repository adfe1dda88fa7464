import { reportKinds } from '../src/reports/report.ts'

/** A page by a short name, as its picture is called, and its address. */
export type PagePath = { name: string; path: string }

/** Reads JSON of the application as somebody who is signed in. */
export type ReadJson = <T>(path: string) => Promise<T>

type Items<T> = { items: T[] }
type Item = { id: string }

/** The first of some people whose tasks are many, so that a list of tasks has something in it. */
async function busiest(read: ReadJson): Promise<{ person: string; task: string }> {
  const { items } = await read<Items<Item>>('/api/people?limit=40')
  let best = { person: items[0]?.id ?? '', task: '', count: -1 }
  for (const { id } of items) {
    const tasks = await read<Items<Item & { state: string }> & { total: number }>(`/api/tasks?person=${id}`)
    const due = tasks.items.find((one) => ['open', 'missed', 'failed'].includes(one.state))
    if (tasks.total > best.count && due) best = { person: id, task: due.id, count: tasks.total }
  }
  return best
}

/** Every page of the application within the sign-in, with the records that some of them need. */
export async function pagesInside(read: ReadJson): Promise<PagePath[]> {
  const first = async (path: string) => (await read<Items<Item>>(path)).items[0]?.id ?? ''
  const certificates = await read<Items<Item & { scheme: string }>>('/api/certificates')
  const iso = certificates.items.find(({ scheme }) => scheme === 'iso27001')?.id ?? ''
  const programmes = await read<Items<Item & { key: string }>>('/api/programmes')
  const pci = programmes.items.find(({ key }) => key.startsWith('pci')) ?? programmes.items[0]
  const programme = `/app/programmes/${pci?.id}`
  const control = `/app/controls/${await first('/api/controls?domain=ACC')}`
  const occurrences = await read<Items<Item & { control: Item }>>('/api/occurrences?state=on-time&limit=1')
  const occurrence = occurrences.items[0]
  const evidence = `/app/evidence/${await first('/api/evidence?limit=1')}`
  const data = `/app/evidence/${await first('/api/evidence?data=any&limit=1')}`
  const check = `/app/checks/${await first('/api/checks')}`
  const asset = `/app/assets/${await first('/api/assets?text=data-centre-1')}`
  const riskRecord = `/app/risks/${await first('/api/risks?sort=code&limit=1')}`
  const isms = programmes.items.find(({ key }) => key === 'isms-2022')?.id ?? ''
  const scopeStatement = `/app/context/scope/${isms}`
  const earlier = programmes.items.find(({ key }) => key === 'isms-2013')?.id ?? ''
  const { versions } = await read<{ versions: Item[] }>(`/api/programmes/${isms}/scope`)
  const stated = await read<{ versions: Item[] }>(`/api/programmes/${isms}/statement`)
  const statement = `/app/soa/versions/${stated.versions[0]?.id}`
  const firstVersion = versions.at(-1)?.id ?? ''
  const objectives = await read<Items<Item & { key: string }>>('/api/objectives')
  const patching = objectives.items.find(({ key }) => key === 'patching')?.id ?? ''
  const estimated = `/app/risks/${await first('/api/risks?text=R-002')}`
  const { person, task } = await busiest(read)
  const tabs = (path: string, name: string, all: readonly string[]) =>
    all.map((tab) => ({ name: `${name}-${tab}`, path: `${path}?tab=${tab}` }))
  return [
    { name: 'home', path: '/app' },
    ...['entities', 'scope', 'people', 'frameworks', 'method', 'assets', 'risks'].map((step) => ({
      name: `start-${step}`,
      path: `/app/start?step=${step}`,
    })),
    { name: 'tasks', path: '/app/tasks' },
    { name: 'tasks-open', path: `/app/tasks?person=${person}&task=${task}` },
    { name: 'calendar', path: '/app/calendar' },
    { name: 'calendar-list', path: '/app/calendar?view=list' },
    { name: 'posture', path: '/app/posture' },
    { name: 'programmes', path: '/app/programmes' },
    { name: 'programme-new', path: '/app/programmes?open=new' },
    { name: 'programme', path: programme },
    { name: 'requirement', path: `${programme}/11.2.1` },
    { name: 'requirement-past', path: `${programme}/11.2.1?asOf=2023-03-31` },
    { name: 'controls', path: '/app/controls' },
    { name: 'controls-adopt', path: '/app/controls?open=adopt' },
    { name: 'controls-new', path: '/app/controls?open=new' },
    { name: 'controls-import', path: '/app/controls?open=import' },
    ...tabs(control, 'control', ['where', 'occurrences', 'effectiveness', 'links', 'history']),
    {
      name: 'occurrence',
      path: `/app/controls/${occurrence?.control.id}?tab=occurrences&occurrence=${occurrence?.id}`,
    },
    { name: 'evidence', path: '/app/evidence' },
    { name: 'evidence-new', path: '/app/evidence?open=new' },
    { name: 'evidence-import', path: '/app/evidence?open=import' },
    { name: 'evidence-review', path: '/app/evidence/review' },
    ...tabs(evidence, 'item', ['content', 'links', 'keeping', 'history']),
    { name: 'item-data', path: data },
    { name: 'checks', path: '/app/checks' },
    { name: 'checks-adopt', path: '/app/checks?open=adopt' },
    ...tabs(check, 'check', ['results', 'runs', 'history']),
    { name: 'soa', path: '/app/soa' },
    { name: 'statement', path: `/app/soa/${isms}` },
    { name: 'statement-gaps', path: `/app/soa/${isms}?show=gaps` },
    { name: 'statement-versions', path: `/app/soa/${isms}?tab=versions` },
    { name: 'statement-transition', path: `/app/soa/${isms}/transition?from=${earlier}` },
    ...tabs(statement, 'statement-version', ['statement', 'difference', 'history']),
    { name: 'documented-information', path: '/app/documented-information' },
    { name: 'reports', path: '/app/reports' },
    ...reportKinds.map((kind) => ({ name: `report-${kind}`, path: `/app/reports/${kind}` })),
    { name: 'assets', path: '/app/assets' },
    { name: 'asset-new', path: '/app/assets?open=new' },
    { name: 'assets-import', path: '/app/assets?open=import' },
    { name: 'asset-balance', path: '/app/assets/balance' },
    { name: 'asset-graph', path: '/app/assets/graph' },
    { name: 'asset-graph-all', path: '/app/assets/graph?open=*' },
    { name: 'asset-graph-group', path: '/app/assets/graph?open=line,line/system' },
    { name: 'asset-graph-around', path: `/app/assets/graph?focus=${asset.split('/').at(-1)}` },
    { name: 'asset-graph-table', path: '/app/assets/graph?as=table' },
    { name: 'asset-scale', path: '/app/assets/scale' },
    ...tabs(asset, 'asset', ['worth', 'dependencies', 'risks', 'history']),
    ...tabs('/app/context', 'context', ['parties', 'issues', 'obligations', 'scope', 'roles']),
    { name: 'context-party', path: `/app/context?tab=parties&open=${await first('/api/parties?limit=1')}` },
    { name: 'context-obligation-new', path: '/app/context?tab=obligations&open=new' },
    { name: 'context-import', path: '/app/context?tab=obligations&open=import' },
    { name: 'scope-statement', path: scopeStatement },
    { name: 'scope-compared', path: `${scopeStatement}?against=${firstVersion}` },
    { name: 'objectives', path: '/app/objectives' },
    { name: 'objectives-new', path: '/app/objectives?open=new' },
    { name: 'objective', path: `/app/objectives/${patching}` },
    { name: 'risks', path: '/app/risks' },
    { name: 'risks-new', path: '/app/risks?open=new' },
    { name: 'risks-map', path: '/app/risks/map' },
    { name: 'risks-plan', path: '/app/risks/treatment?plan=all' },
    { name: 'risks-method', path: '/app/risks/method' },
    ...tabs(riskRecord, 'risk', ['values', 'treatment', 'acceptance', 'links', 'history']),
    ...tabs(estimated, 'risk', ['money']),
    { name: 'risk-assess', path: `${riskRecord}?open=assess` },
    { name: 'certificates', path: '/app/certificates' },
    { name: 'certificate-register', path: '/app/certificates?open=new' },
    { name: 'certificate-import', path: '/app/certificates?open=import' },
    ...tabs(`/app/certificates/${iso}`, 'certificate', [
      'facts',
      'terms',
      'coverage',
      'documents',
      'events',
      'history',
    ]),
    { name: 'organisation', path: '/app/organisation' },
    { name: 'organisation-new', path: '/app/organisation?open=new-entity' },
    { name: 'services', path: '/app/organisation?tab=services' },
    { name: 'frameworks', path: '/app/frameworks' },
    { name: 'frameworks-search', path: '/app/frameworks?q=access' },
    { name: 'framework', path: '/app/frameworks/iso27001-2022' },
    { name: 'library', path: '/app/frameworks/common-controls' },
    { name: 'library-control', path: '/app/frameworks/common-controls/ACC-03' },
    { name: 'requests', path: '/app/requests' },
    { name: 'trust', path: '/app/trust' },
    { name: 'trust-texts', path: '/app/trust?tab=texts' },
    { name: 'trust-editions', path: '/app/trust?tab=editions' },
    { name: 'log', path: '/app/log' },
    { name: 'log-entry', path: '/app/log/0' },
    { name: 'people', path: '/app/people' },
    { name: 'handover', path: '/app/handover' },
    { name: 'handover-person', path: `/app/handover?person=${person}` },
    { name: 'keys', path: '/app/people?tab=keys' },
    { name: 'settings', path: '/app/settings' },
    ...tabs('/app/settings', 'settings', ['appearance', 'security', 'reminders', 'programme']),
    { name: 'past', path: '/app/organisation?asOf=2018-04-01' },
    { name: 'missing', path: '/app/nowhere' },
  ]
}
