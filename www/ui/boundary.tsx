// Where a view throws, a sentence and a report stand in its place, and the rest of the page goes on.

import { Component, type ComponentChildren, type VNode } from "preact";
import { reportOf, thrown } from "../io/report.js";
import { t } from "../words/i18n.js";
import { Report } from "./report.js";

/** What a report says of the page. */
export interface About {
  version: string;
  device: string;
}

interface Props {
  name: string;
  about: () => About;
  /** What the report stands in, where the view's own place goes with it: a dialog's. */
  frame?: (report: VNode) => VNode;
  children: ComponentChildren;
}

/** Holds one view. */
export class Boundary extends Component<Props, { report: string | null }> {
  override state: { report: string | null } = { report: null };

  override componentDidCatch(error: unknown): void {
    const { name, about } = this.props;
    this.setState({ report: reportOf({ ...about(), time: Date.now(), code: `view ${name}`, ...thrown(error) }) });
  }

  override render() {
    const { report } = this.state;
    if (report === null) return this.props.children;
    const told = (
      <div class="notice notice-error" data-testid="view-crash" role="alert">
        <p>{t("boundary.stopped")}</p>
        <Report text={report}>
          <button class="button" type="button" onClick={() => this.setState({ report: null })}>
            {t("boundary.again")}
          </button>
        </Report>
      </div>
    );
    return this.props.frame ? this.props.frame(told) : told;
  }
}
