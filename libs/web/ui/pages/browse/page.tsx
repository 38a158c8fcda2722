/** The drive. */
import { State } from "../../parts/state.tsx";

export default function Page() {
  return <State kind="loading" title="Loading…" />;
}
