// An address to hand on: to be copied by a press, or by hand where the browser does not let a page do that.

import { useRef } from "preact/hooks";
import { copyText } from "../../io/clipboard.js";
import { Button } from "../../ui/elements.js";
import { useSaid } from "../../ui/voice.js";
import { t } from "../../words/i18n.js";

interface LinkFieldProps {
  /** Of the field. */
  id: string;
  /** Begins the names of the button and of what it says. */
  prefix: string;
  label: string;
  address: string;
}

export function LinkField({ id, prefix, label, address }: LinkFieldProps) {
  const [said, tell] = useSaid();
  const input = useRef<HTMLInputElement>(null);
  async function copy() {
    const done = await copyText(address);
    tell(() => t(done ? "notices.copied" : "share.by-hand"));
    if (!done) input.current?.select();
  }
  return (
    <>
      <div class="field field-text">
        <label for={id}>
          <span class="field-label">{label}</span>
        </label>
        <input ref={input} type="text" id={id} data-testid={id} readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
      </div>
      <div class="buttons">
        <Button testid={`${prefix}-copy`} kind="primary" onClick={() => void copy()}>
          {t("share.copy")}
        </Button>
        <span data-testid={`${prefix}-said`}>{said}</span>
      </div>
    </>
  );
}
