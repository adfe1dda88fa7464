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
    '/app/organisation',
    lazyRouteComponent(() => import('../organisation/web/OrganisationPage.tsx'), 'OrganisationPage'),
  ),
  page(
    '/app/frameworks',
    lazyRouteComponent(() => import('../frameworks/web/FrameworksPage.tsx'), 'FrameworksPage'),
  ),
  page(
    '/app/frameworks/$key',
    lazyRouteComponent(() => import('../frameworks/web/FrameworkPage.tsx'), 'FrameworkPage'),
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
]

export const makeRouter = () =>
  createRouter({
    routeTree: root.addChildren([inside.addChildren(pages), ...strangers]),
    defaultPreload: 'intent',
    scrollRestoration: false,
  })
