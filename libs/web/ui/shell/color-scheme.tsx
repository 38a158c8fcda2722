/** Light, dark, or as the system has it. */
import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { CheckIcon, DeviceDesktopIcon, MoonIcon, SunIcon } from "@primer/octicons-react";

const CHOICES = [
  { scheme: "light", label: "Light", Icon: SunIcon },
  { scheme: "dark", label: "Dark", Icon: MoonIcon },
  { scheme: "auto", label: "As the system", Icon: DeviceDesktopIcon },
] as const satisfies { scheme: MantineColorScheme; label: string; Icon: typeof SunIcon }[];

export function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const chosen = CHOICES.find(({ scheme }) => scheme === colorScheme) ?? CHOICES[2];
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Light or dark">
          <chosen.Icon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map(({ scheme, label, Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon />}
            rightSection={scheme === colorScheme && <CheckIcon />}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
