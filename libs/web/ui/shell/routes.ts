/**
 * Every page: where it is, what it is called, and how its code is loaded. A page that is listed here
 * is linked in the navigation; one that is not finished is not listed.
 */
import { lazy, type ComponentType } from "react";
import {
  ArrowSwitchIcon,
  DeviceDesktopIcon,
  FileDirectoryIcon,
  GearIcon,
  HistoryIcon,
  PeopleIcon,
  SearchIcon,
  ServerIcon,
  ShieldCheckIcon,
  type Icon,
} from "@primer/octicons-react";

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
  {
    base: "/folders",
    title: "Folders",
    icon: DeviceDesktopIcon,
    Page: lazy(() => import("../pages/folders/page.tsx")),
  },
  {
    base: "/transfers",
    title: "Transfers",
    icon: ArrowSwitchIcon,
    Page: lazy(() => import("../pages/transfers/page.tsx")),
  },
  {
    base: "/peers",
    title: "Peers",
    icon: ServerIcon,
    Page: lazy(() => import("../pages/peers/page.tsx")),
  },
  {
    base: "/copies",
    title: "Copies",
    icon: ShieldCheckIcon,
    Page: lazy(() => import("../pages/copies/page.tsx")),
  },
  {
    base: "/history",
    title: "History",
    icon: HistoryIcon,
    Page: lazy(() => import("../pages/history/page.tsx")),
  },
  {
    base: "/members",
    title: "Members",
    icon: PeopleIcon,
    Page: lazy(() => import("../pages/members/page.tsx")),
  },
  {
    base: "/settings",
    title: "Settings",
    icon: GearIcon,
    Page: lazy(() => import("../pages/settings/page.tsx")),
  },
];

export function routeOf(pathname: string): Route | undefined {
  return ROUTES.find(({ base }) => pathname === base || pathname.startsWith(`${base}/`));
}
