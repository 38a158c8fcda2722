/** Makes a drive that begins on this machine. */
import { goTo } from "../../shell/location.ts";
import { useSession } from "../../shell/session.ts";
import { SetupForm } from "./setup-form.tsx";

export function CreateForm({ onBack }: { onBack(): void }) {
  const { client } = useSession();
  return (
    <SetupForm
      title="Create a drive"
      text="This machine will keep the list of what is in the drive, so leave it on while others use it. The files themselves stay where they are."
      action="Create the drive"
      advice="Nothing was made: you can try again."
      onSubmit={async (name) => {
        await client.call("createDrive", { ...(name !== undefined && { name }) });
        goTo("/drive", { replace: true });
      }}
      onBack={onBack}
    />
  );
}
