import { Monitor, Moon, Sun } from 'lucide-react';
import { Menu, MenuItem } from '../ui';
import { useViewStore, viewActions } from '../view';

const themes = [
  { theme: 'light', label: 'Light', Icon: Sun },
  { theme: 'dark', label: 'Dark', Icon: Moon },
  { theme: 'system', label: 'As the machine', Icon: Monitor },
] as const;

export function ThemeMenu(): React.JSX.Element {
  const chosen = useViewStore((view) => view.theme);
  const Icon = themes.find((item) => item.theme === chosen)?.Icon ?? Monitor;
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label="Theme"
          title="Theme"
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text data-[state=open]:bg-hover"
        >
          <Icon aria-hidden="true" className="size-4" />
        </button>
      }
    >
      {themes.map(({ theme, label }) => (
        <MenuItem key={theme} checked={theme === chosen} onSelect={() => viewActions.setTheme(theme)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
