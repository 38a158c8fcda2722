/** The way to every page. */
import classes from "./shell.module.css";
import { Link } from "./link.tsx";
import { usePlace } from "./location.ts";
import { routeOf, ROUTES } from "./routes.ts";

export function Navigation({ onGo }: { onGo?: () => void }) {
  const { pathname } = usePlace();
  const current = routeOf(pathname);
  return (
    <nav aria-label="Pages" className={classes["nav"]}>
      {ROUTES.filter(({ hidden }) => !hidden).map(({ base, title, icon: Icon }) => (
        <Link
          key={base}
          href={base}
          className={classes["navLink"]}
          aria-current={current?.base === base ? "page" : undefined}
          {...(onGo && { onClick: onGo })}
        >
          <Icon />
          <span>{title}</span>
        </Link>
      ))}
    </nav>
  );
}
