import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { Frame } from './frame/Frame.tsx'
import { Failed, Missing } from './frame/Missing.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing, errorComponent: Failed })

/** Pages for someone signed in. The day in view and the entity in view go along from page to page. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Frame,
  validateSearch: (search: Record<string, unknown>) => search,
  search: { middlewares: [retainSearchParams(['asOf', 'knownAt', 'entity'])] },
})

const page = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => inside, path, component, errorComponent: Failed })

const outside = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component })

/** Every page of the application, each in a chunk of its own. */
const pages = [
  page(
    '/app',
    lazyRouteComponent(() => import('./home/HomePage.tsx'), 'HomePage'),
  ),
  page(
    '/app/start',
    lazyRouteComponent(() => import('../onboarding/web/StartPage.tsx'), 'StartPage'),
  ),
  page(
    '/app/posture',
    lazyRouteComponent(() => import('../posture/web/PosturePage.tsx'), 'PosturePage'),
  ),
  page(
    '/app/programmes',
    lazyRouteComponent(() => import('../programmes/web/ProgrammesPage.tsx'), 'ProgrammesPage'),
  ),
  page(
    '/app/programmes/$id',
    lazyRouteComponent(() => import('../posture/web/ProgrammePage.tsx'), 'ProgrammePage'),
  ),
  page(
    '/app/programmes/$id/$requirement',
    lazyRouteComponent(() => import('../posture/web/RequirementPage.tsx'), 'RequirementPage'),
  ),
  page(
    '/app/evidence',
    lazyRouteComponent(() => import('../evidence/web/EvidencePage.tsx'), 'EvidencePage'),
  ),
  page(
    '/app/evidence/review',
    lazyRouteComponent(() => import('../evidence/web/TriagePage.tsx'), 'TriagePage'),
  ),
  page(
    '/app/evidence/$id',
    lazyRouteComponent(() => import('../evidence/web/ItemPage.tsx'), 'ItemPage'),
  ),
  page(
    '/app/checks',
    lazyRouteComponent(() => import('../checks/web/ChecksPage.tsx'), 'ChecksPage'),
  ),
  page(
    '/app/checks/$id',
    lazyRouteComponent(() => import('../checks/web/CheckPage.tsx'), 'CheckPage'),
  ),
  page(
    '/app/assets',
    lazyRouteComponent(() => import('../assets/web/AssetsPage.tsx'), 'AssetsPage'),
  ),
  page(
    '/app/assets/balance',
    lazyRouteComponent(() => import('../posture/web/BalancePage.tsx'), 'BalancePage'),
  ),
  page(
    '/app/assets/graph',
    lazyRouteComponent(() => import('../assets/web/GraphPage.tsx'), 'GraphPage'),
  ),
  page(
    '/app/assets/scale',
    lazyRouteComponent(() => import('../assets/web/ScalePage.tsx'), 'ScalePage'),
  ),
  page(
    '/app/assets/$id',
    lazyRouteComponent(() => import('../posture/web/AssetPage.tsx'), 'AssetPage'),
  ),
  page(
    '/app/tasks',
    lazyRouteComponent(() => import('../controls/web/TasksPage.tsx'), 'TasksPage'),
  ),
  page(
    '/app/calendar',
    lazyRouteComponent(() => import('../calendar/web/CalendarPage.tsx'), 'CalendarPage'),
  ),
  page(
    '/app/controls',
    lazyRouteComponent(() => import('../controls/web/ControlsPage.tsx'), 'ControlsPage'),
  ),
  page(
    '/app/controls/$id',
    lazyRouteComponent(() => import('../controls/web/ControlPage.tsx'), 'ControlPage'),
  ),
  page(
    '/app/context',
    lazyRouteComponent(() => import('../context/web/ContextPage.tsx'), 'ContextPage'),
  ),
  page(
    '/app/context/scope/$id',
    lazyRouteComponent(() => import('../context/web/ScopePage.tsx'), 'ScopePage'),
  ),
  page(
    '/app/objectives',
    lazyRouteComponent(() => import('../objectives/web/ObjectivesPage.tsx'), 'ObjectivesPage'),
  ),
  page(
    '/app/objectives/$id',
    lazyRouteComponent(() => import('../objectives/web/ObjectivePage.tsx'), 'ObjectivePage'),
  ),
  page(
    '/app/risks',
    lazyRouteComponent(() => import('../risks/web/RisksPage.tsx'), 'RisksPage'),
  ),
  page(
    '/app/risks/map',
    lazyRouteComponent(() => import('../risks/web/MapPage.tsx'), 'MapPage'),
  ),
  page(
    '/app/risks/treatment',
    lazyRouteComponent(() => import('../risks/web/PlanPage.tsx'), 'PlanPage'),
  ),
  page(
    '/app/risks/method',
    lazyRouteComponent(() => import('../risks/web/MethodPage.tsx'), 'MethodPage'),
  ),
  page(
    '/app/risks/$id',
    lazyRouteComponent(() => import('../risks/web/RiskPage.tsx'), 'RiskPage'),
  ),
  page(
    '/app/soa',
    lazyRouteComponent(() => import('../soa/web/SoaPage.tsx'), 'SoaPage'),
  ),
  page(
    '/app/soa/versions/$id',
    lazyRouteComponent(() => import('../soa/web/VersionPage.tsx'), 'VersionPage'),
  ),
  page(
    '/app/soa/$programme',
    lazyRouteComponent(() => import('../soa/web/StatementPage.tsx'), 'StatementPage'),
  ),
  page(
    '/app/soa/$programme/transition',
    lazyRouteComponent(() => import('../soa/web/TransitionPage.tsx'), 'TransitionPage'),
  ),
  page(
    '/app/documented-information',
    lazyRouteComponent(() => import('../documented-information/web/TrackerPage.tsx'), 'TrackerPage'),
  ),
  page(
    '/app/reports',
    lazyRouteComponent(() => import('../reports/web/ReportsPage.tsx'), 'ReportsPage'),
  ),
  page(
    '/app/reports/$kind',
    lazyRouteComponent(() => import('../reports/web/ReportPage.tsx'), 'ReportPage'),
  ),
  page(
    '/app/certificates',
    lazyRouteComponent(() => import('../certificates/web/CertificatesPage.tsx'), 'CertificatesPage'),
  ),
  page(
    '/app/certificates/$id',
    lazyRouteComponent(() => import('../certificates/web/CertificatePage.tsx'), 'CertificatePage'),
  ),
  page(
    '/app/organisation',
    lazyRouteComponent(() => import('../organisation/web/OrganisationPage.tsx'), 'OrganisationPage'),
  ),
  page(
    '/app/frameworks',
    lazyRouteComponent(() => import('../frameworks/web/FrameworksPage.tsx'), 'FrameworksPage'),
  ),
  page(
    '/app/frameworks/common-controls',
    lazyRouteComponent(() => import('../frameworks/web/LibraryPage.tsx'), 'LibraryPage'),
  ),
  page(
    '/app/frameworks/common-controls/$control',
    lazyRouteComponent(() => import('../frameworks/web/ControlPage.tsx'), 'ControlPage'),
  ),
  page(
    '/app/frameworks/$key',
    lazyRouteComponent(() => import('../frameworks/web/FrameworkPage.tsx'), 'FrameworkPage'),
  ),
  page(
    '/app/requests',
    lazyRouteComponent(() => import('../trust/web/RequestsPage.tsx'), 'RequestsPage'),
  ),
  page(
    '/app/trust',
    lazyRouteComponent(() => import('../trust/web/TrustPage.tsx'), 'TrustPage'),
  ),
  page(
    '/app/log',
    lazyRouteComponent(() => import('../log/web/LogPage.tsx'), 'LogPage'),
  ),
  page(
    '/app/log/$index',
    lazyRouteComponent(() => import('../log/web/EntryPage.tsx'), 'EntryPage'),
  ),
  page(
    '/app/people',
    lazyRouteComponent(() => import('../people/web/PeoplePage.tsx'), 'PeoplePage'),
  ),
  page(
    '/app/handover',
    lazyRouteComponent(() => import('../handover/web/HandoverPage.tsx'), 'HandoverPage'),
  ),
  page(
    '/app/settings',
    lazyRouteComponent(() => import('../organisation/web/SettingsPage.tsx'), 'SettingsPage'),
  ),
]

const strangers = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/app' })
    },
  }),
  outside(
    '/app/sign-in',
    lazyRouteComponent(() => import('../access/web/SignInPage.tsx'), 'SignInPage'),
  ),
  outside(
    '/app/choose',
    lazyRouteComponent(() => import('../access/web/ChoosePage.tsx'), 'ChoosePage'),
  ),
  outside(
    '/app/waiting',
    lazyRouteComponent(() => import('../access/web/WaitingPage.tsx'), 'WaitingPage'),
  ),
  outside(
    '/setup/$token',
    lazyRouteComponent(() => import('../access/web/SetUpPage.tsx'), 'SetUpPage'),
  ),
  outside(
    '/invitation/$token',
    lazyRouteComponent(() => import('../access/web/InvitationPage.tsx'), 'InvitationPage'),
  ),
]

export const makeRouter = () =>
  createRouter({
    routeTree: root.addChildren([inside.addChildren(pages), ...strangers]),
    defaultErrorComponent: Failed,
    defaultPreload: 'intent',
    scrollRestoration: false,
  })
