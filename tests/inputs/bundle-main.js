import React from "react";
import { renderToString } from "react-dom/server.browser";
import { createRoot } from "react-dom/client";
import * as _ from "lodash-es";

function List({ items }) {
    return React.createElement("ul", null, items.map((i) => React.createElement("li", { key: i }, i)));
}

export function page() {
    return renderToString(React.createElement(List, { items: _.chunk(_.range(100), 7).map((c) => _.sum(c)) }));
}

if (typeof document !== "undefined")
    createRoot(document.body).render(React.createElement(List, { items: _.sortBy([3, 1, 2]) }));
