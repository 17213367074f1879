// Everything that can be refused.

/** Stable codes of everything that can be refused. */
export type ErrorCode =
  | "E_TEXT_TOO_LARGE" | "E_BATCH_TOO_LARGE" | "E_MODEL" | "E_CLASSIFIER" | "E_POLICY" | "E_TAXONOMY" | "E_DETECTORS" | "E_DATA_USE" | "E_JSON"
  | "E_QUERY" | "E_THEMES" | "E_OPTION" | "E_FIELD" | "E_ENGINE_FREED" | "E_TRAP";
