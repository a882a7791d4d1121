// Behind one figure: what is taken for what, class by class, and which confusions would be dangerous.

import type { ComponentChildren, TargetedPointerEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CaseReport } from "../../state/types.js";
import { More, Scroll, useId } from "../../ui/elements.js";
import { Heads } from "../../ui/tables.js";
import { coloursChanged, css } from "../../ui/theme.js";
import { className, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { dangerName } from "../shared/names.js";
import { useSignUrl } from "../shared/signs.js";

const MOST = 12;

/** Rows are the signs, columns the answers; right ones lie on the diagonal. */
function paintConfusion(canvas: HTMLCanvasElement, confusion: CaseReport["confusion"]): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  // Asked for once: each question makes the browser compute its styles.
  const [ground, right, wrong] = [css("--sunken"), css("--green"), css("--red")];
  context.globalAlpha = 1;
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const most = confusion.reduce((so, [, , count]) => Math.max(so, count), 1);
  for (const [label, answer, count] of confusion) {
    context.globalAlpha = 0.35 + (0.65 * count) / most;
    context.fillStyle = label === answer ? right : wrong;
    context.fillRect(answer, label, 1, 1);
  }
  context.globalAlpha = 1;
}

function Matrix({ testid, confusion, classes }: { testid: string; confusion: CaseReport["confusion"]; classes: string[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [under, setUnder] = useState<{ label: number; answer: number } | null>(null);
  const colours = coloursChanged.value;
  useLayoutEffect(() => {
    if (canvas.current) paintConfusion(canvas.current, confusion);
  }, [confusion, classes, colours]);
  const answerName = (answer: number) => (answer >= classes.length ? t("details.refused") : className(classes, answer));
  function onMove(event: TargetedPointerEvent<HTMLCanvasElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const answer = Math.min(classes.length, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * (classes.length + 1))));
    const label = Math.min(classes.length - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * classes.length)));
    setUnder({ label, answer });
  }
  const count = under ? (confusion.find(([label, answer]) => label === under.label && answer === under.answer)?.[2] ?? 0) : 0;
  return (
    <>
      <canvas
        ref={canvas}
        class="confusion"
        data-testid={`${testid}-grid`}
        role="img"
        aria-label={t("details.grid")}
        width={classes.length + 1}
        height={classes.length}
        onPointerMove={onMove}
      />
      <p class="fine" data-testid={`${testid}-hover`}>
        {under ? t("details.cell", count, className(classes, under.label), answerName(under.answer)) : t("details.hover")}
      </p>
      <More summary={t("details.matrix-table")} testid={`${testid}-cells-more`}>
        <Scroll label={t("details.matrix-table")} class="case-classes">
          <table class="figures" data-testid={`${testid}-cells`}>
            <Heads words={[t("details.sign"), t("details.read-as"), t("details.count")]} />
            <tbody>
              {confusion.map(([label, answer, times], index) => (
                <tr key={index}>
                  <td>{className(classes, label)}</td>
                  <td>{answerName(answer)}</td>
                  <td>{times}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </More>
    </>
  );
}

function Named({ classes, index }: { classes: string[]; index: number }) {
  const urlOf = useSignUrl();
  if (index >= classes.length) return <span>{t("details.refused")}</span>;
  return (
    <span class="confused">
      <img src={urlOf(index)} alt="" width={24} height={24} />
      {className(classes, index)}
    </span>
  );
}

function Line({ classes, label, answer, count, why }: { classes: string[]; label: number; answer: number; count: number; why?: string }) {
  return (
    <li>
      <span class="confusion-count">{count} ×</span>
      <Named classes={classes} index={label} />
      <span class="confusion-arrow">{t("details.read-as")}</span>
      <Named classes={classes} index={answer} />
      {why ? <span class="confusion-why">{why}</span> : null}
    </li>
  );
}

const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <div>
    <h3>{title}</h3>
    {children}
  </div>
);

export function CaseDetails({ testid, report, classes, title }: { testid: string; report: CaseReport | null; classes: string[]; title: string }) {
  const id = useId("details");
  const wrong = (report?.confusion ?? []).filter(([label, answer]) => label !== answer).sort(([, , a], [, , b]) => b - a);
  const dangers = report?.dangerous ?? [];
  const worstFirst = [...(report?.per_class ?? [])].sort(([, a], [, b]) => a.value - b.value || b.n - a.n);
  return (
    <section class="case-details" data-testid={testid} aria-labelledby={id} hidden={!report}>
      <h2 id={id}>{title}</h2>
      <div class="case-grid">
        <Part title={t("details.matrix")}>{report && <Matrix testid={testid} confusion={report.confusion} classes={classes} />}</Part>
        <Part title={t("details.most-frequent-confusions")}>
          <ol class="confusions" data-testid={`${testid}-confusions`}>
            {wrong.slice(0, MOST).map(([label, answer, count]) => (
              <Line key={`${label} ${answer}`} classes={classes} label={label} answer={answer} count={count} />
            ))}
          </ol>
          <p class="fine" hidden={wrong.length > 0}>
            {t("details.no-sign-is-taken")}
          </p>
        </Part>
        <Part title={t("details.dangerous-confusions")}>
          <ol class="confusions" data-testid={`${testid}-dangers`}>
            {dangers.slice(0, MOST).map(({ label, answer, count, danger }) => (
              <Line key={`${label} ${answer}`} classes={classes} label={label} answer={answer} count={count} why={dangerName(danger)} />
            ))}
          </ol>
          <p class="fine" hidden={dangers.length > 0}>
            {t("details.none-of-the-confusions")}
          </p>
        </Part>
        <Part title={t("details.class-by-class-the")}>
          <Scroll label={t("details.class-by-class")} class="case-classes">
            <table class="figures" data-testid={`${testid}-classes`}>
              <Heads words={[t("details.sign"), t("details.right")]} />
              <tbody>
                {worstFirst.map(([label, share]) => (
                  <tr key={label}>
                    <td>
                      <Named classes={classes} index={label} />
                    </td>
                    <td>{t("details.of", share.correct, share.n, percent(share.value))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </Part>
      </div>
    </section>
  );
}
