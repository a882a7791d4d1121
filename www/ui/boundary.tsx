// Where a view throws, a sentence and a report stand in its place, and the rest of the page goes on.

import { Component, type ComponentChildren } from "preact";
import { t } from "../words/i18n.js";
import { Report } from "./report.js";

interface Props {
  name: string;
  version: () => string;
  children: ComponentChildren;
}

/** Holds one view. */
export class Boundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  override componentDidCatch(error: unknown): void {
    this.setState({ error });
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const { name, version } = this.props;
    const report = [
      `Fool the Sign ${version() || "(version unknown)"}`,
      `View: ${name}`,
      `Browser: ${navigator.userAgent}`,
      `Time: ${new Date().toISOString()}`,
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ].join("\n");
    return (
      <div class="notice notice-error" data-testid="view-crash" role="alert">
        <p>{t("boundary.stopped")}</p>
        <Report text={report}>
          <button class="button" type="button" onClick={() => this.setState({ error: null })}>
            {t("boundary.again")}
          </button>
        </Report>
      </div>
    );
  }
}
