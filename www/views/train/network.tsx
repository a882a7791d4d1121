// The network, layer by layer.

import { selectedModel } from "../../state/select.js";
import { Fold, Scroll } from "../../ui/elements.js";
import { usePick } from "../shared/store.js";
import { Heads } from "../../ui/tables.js";
import { engineWords } from "../../words/engine-words.js";
import { count } from "../../words/format.js";
import { t } from "../../words/i18n.js";

export function Network() {
  const [model] = usePick((state) => [selectedModel(state)?.info ?? null] as const);
  const { architecture = "lenet", layers = [], parameters = 0 } = model ?? {};
  return (
    <Fold
      class="more aside"
      testid="network-summary"
      summary={parameters > 0 ? t("network.the-network-layers-parameters", architecture, layers.length, parameters) : t("network.the-network")}>
      <Scroll label={t("network.layers-of-the-network")}>
        <table class="figures" data-testid="network-table">
          <Heads words={[t("network.layer"), t("network.output"), t("network.parameters")]} />
          <tbody>
            {layers.map((layer, index) => (
              <tr key={index}>
                <td>{engineWords(layer.layer)}</td>
                <td>{Array.from(layer.output).join(" × ")}</td>
                <td>{count(layer.parameters)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t("network.all-parameters")}
              </th>
              <td data-testid="network-parameters" data-value={String(parameters)}>
                {count(parameters)}
              </td>
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </Fold>
  );
}
