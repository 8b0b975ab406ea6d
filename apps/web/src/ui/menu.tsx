import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names';
import { Kbd } from './kbd';

export interface MenuProps {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  /** Asked when it closes: whether what was chosen takes the focus, which goes back to the trigger otherwise. */
  readonly passesFocusOn?: () => boolean;
}

/**
 * Not modal: the modal form of Radix adds a style element to the page, which the content security policy forbids. Not
 * moved to the end of the page either: so it stays in the landmark of its button. Not for use under a CSS transform.
 */
export function Menu({ trigger, children, align = 'start', passesFocusOn }: MenuProps): React.JSX.Element {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        onCloseAutoFocus={(event) => {
          if (passesFocusOn?.() === true) event.preventDefault();
        }}
        className="z-50 min-w-48 rounded-lg border border-line bg-raised p-1 text-ui shadow-raised"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  readonly onSelect: () => void;
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly disabled?: boolean;
  /** Not to be chosen, and still reached with the arrow keys, so that `below` can say why. */
  readonly barred?: boolean;
  /** A line below the words. */
  readonly below?: string;
  /** More, for the pointer. */
  readonly title?: string;
  readonly danger?: boolean;
  /** Set for one of several choices: shows a mark. */
  readonly checked?: boolean;
}

const itemClass =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 outline-none select-none data-[disabled]:opacity-50 aria-disabled:text-muted data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0';

export function MenuItem(props: MenuItemProps): React.JSX.Element {
  const {
    onSelect,
    children,
    icon,
    keys,
    disabled = false,
    barred = false,
    below,
    title,
    danger = false,
    checked,
  } = props;
  const inner = (
    <>
      {checked === undefined ? icon : <span className="w-4 text-center">{checked ? '✓' : ''}</span>}
      {below === undefined ? (
        <span className="flex-1">{children}</span>
      ) : (
        <span className="flex max-w-64 flex-1 flex-col py-1">
          {children}
          <span className="text-xs text-muted">{below}</span>
        </span>
      )}
      {keys === undefined ? null : <Kbd keys={keys} />}
    </>
  );
  const className = classNames(itemClass, danger && 'text-failing');
  return checked === undefined ? (
    <DropdownMenu.Item
      className={className}
      disabled={disabled}
      title={title}
      {...(barred ? { 'aria-disabled': true } : {})}
      onSelect={(event) => {
        if (barred) event.preventDefault();
        else onSelect();
      }}
    >
      {inner}
    </DropdownMenu.Item>
  ) : (
    <DropdownMenu.CheckboxItem className={className} checked={checked} disabled={disabled} onSelect={onSelect}>
      {inner}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuSeparator(): React.JSX.Element {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
