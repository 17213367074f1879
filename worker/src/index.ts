// The worker. Nothing happens when it is loaded but imports; the engine is made at the first use.

import { handle } from "./route.ts";

export default { fetch: handle };
