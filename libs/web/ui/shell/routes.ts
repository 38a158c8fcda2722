/**
 * Every page: where it is, what it is called, and how its code is loaded. A page that is listed here
 * is linked in the navigation; one that is not finished is not listed.
 */
import { lazy, type ComponentType } from "react";
import { FileDirectoryIcon, SearchIcon, type Icon } from "@primer/octicons-react";

export interface Route {
  /** The first part of its address. */
  base: string;
  title: string;
  icon: Icon;
  Page: ComponentType;
  /** Not in the navigation: reached otherwise. */
  hidden?: true;
}

export const ROUTES: readonly Route[] = [
  {
    base: "/drive",
    title: "Drive",
    icon: FileDirectoryIcon,
    Page: lazy(() => import("../pages/browse/page.tsx")),
  },
  {
    base: "/search",
    title: "Search",
    icon: SearchIcon,
    Page: lazy(() => import("../pages/search/page.tsx")),
    hidden: true,
  },
];

export function routeOf(pathname: string): Route | undefined {
  return ROUTES.find(({ base }) => pathname === base || pathname.startsWith(`${base}/`));
}
