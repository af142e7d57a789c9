import { createBrowserRouter, type LazyRouteFunction, type RouteObject } from "react-router";
import { Broken } from "#/app/Broken";
import { Frame } from "#/app/Frame";
import { Missing } from "#/app/Missing";
import { Loading } from "#/parts/Loading";

type PageModule = { default: React.ComponentType };

/** A page whose code is loaded when somebody first goes there. */
function page(load: () => Promise<PageModule>): LazyRouteFunction<RouteObject> {
  return async () => ({ Component: (await load()).default });
}

export const router = createBrowserRouter(
  [
    {
      errorElement: <Broken />,
      HydrateFallback: Loading,
      children: [
        { path: "/sign-in", lazy: page(() => import("#/pages/sign-in")) },
        { path: "/sign-in/root-reset", lazy: page(() => import("#/pages/root-reset")) },
        {
          element: <Frame />,
          children: [
            {
              errorElement: <Broken />,
              children: [
                { path: "/", lazy: page(() => import("#/pages/dashboard")) },
                { path: "/login", lazy: page(() => import("#/pages/login")) },
                { path: "/secure-account", lazy: page(() => import("#/pages/secure-account")) },
                { path: "/security-credentials", lazy: page(() => import("#/pages/security-credentials")) },
                { path: "/users", lazy: page(() => import("#/pages/users")) },
                { path: "/create-user", lazy: page(() => import("#/pages/create-user")) },
                { path: "/users/:name", lazy: page(() => import("#/pages/user")) },
                { path: "/users/:name/inline/:policy?", lazy: page(() => import("#/pages/inline-policy")) },
                { path: "/groups", lazy: page(() => import("#/pages/groups")) },
                { path: "/create-group", lazy: page(() => import("#/pages/create-group")) },
                { path: "/groups/:name", lazy: page(() => import("#/pages/group")) },
                { path: "/groups/:name/inline/:policy?", lazy: page(() => import("#/pages/inline-policy")) },
                { path: "/users/:name/generate-policy", lazy: page(() => import("#/pages/generate-policy")) },
                { path: "/roles", lazy: page(() => import("#/pages/roles")) },
                { path: "/create-role", lazy: page(() => import("#/pages/create-role")) },
                { path: "/roles/:name", lazy: page(() => import("#/pages/role")) },
                { path: "/roles/:name/inline/:policy?", lazy: page(() => import("#/pages/inline-policy")) },
                { path: "/roles/:name/generate-policy", lazy: page(() => import("#/pages/generate-policy")) },
                { path: "/policies", lazy: page(() => import("#/pages/policies")) },
                { path: "/policies/create", lazy: page(() => import("#/pages/create-policy")) },
                { path: "/policies/:arn", lazy: page(() => import("#/pages/policy")) },
                { path: "/policies/:arn/edit", lazy: page(() => import("#/pages/edit-policy")) },
                { path: "/providers", lazy: page(() => import("#/pages/providers")) },
                { path: "/providers/create", lazy: page(() => import("#/pages/create-provider")) },
                { path: "/providers/:arn", lazy: page(() => import("#/pages/provider")) },
                { path: "/settings", lazy: page(() => import("#/pages/settings")) },
                { path: "/findings", lazy: page(() => import("#/pages/findings")) },
                { path: "/findings/:id", lazy: page(() => import("#/pages/finding")) },
                { path: "/alerts", lazy: page(() => import("#/pages/alerts")) },
                { path: "/why", lazy: page(() => import("#/pages/why")) },
                { path: "/trail", lazy: page(() => import("#/pages/trail")) },
                { path: "/trail/:id", lazy: page(() => import("#/pages/trail/event")) },
                { path: "*", element: <Missing /> },
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: "/console" },
);
