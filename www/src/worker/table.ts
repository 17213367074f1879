/** The rows of one source, as text. Columns are positions, so no header can collide with anything. */
import { MAX_COLUMNS, MAX_ROWS } from "../shared/limits.ts";
import { Problem } from "../shared/problems.ts";
import { UserError } from "./job.ts";

/** See the head of this file. */
export class Table {
  /** Names of the columns. */
  header: string[] = [];
  /** Cells by row; a row may be shorter or longer than the header. */
  readonly rows: string[][] = [];
  /** Bits of `Problem` by row. */
  readonly problems: number[] = [];
  /** Lines that are no JSON object, by row. */
  readonly unparsed = new Map<number, string>();
  blankLines = 0;
  /** Cells of the longest row. */
  width = 0;
  readonly #columns = new Map<string, number>();

  /** Adds one row of a delimited source. */
  add(cells: string[], problems: number): void {
    this.#checkRow();
    if (cells.length > MAX_COLUMNS) throw tooManyColumns();
    if (cells.length > this.width) this.width = cells.length;
    this.rows.push(cells);
    this.problems.push(problems | (cells.some((cell) => cell.includes("\uFFFD")) ? Problem.Undecodable : 0));
  }

  /** Adds one line of JSON Lines. A line that is no object is kept as it is and marked. */
  addJson(line: string): void {
    this.#checkRow();
    const undecodable = line.includes("\uFFFD") ? Problem.Undecodable : 0;
    const value = parse(line);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.unparsed.set(this.rows.length, line);
      this.rows.push([]);
      this.problems.push(Problem.NotJson | undecodable);
      return;
    }
    const cells: string[] = [];
    for (const [name, field] of Object.entries(value)) {
      let column = this.#columns.get(name);
      if (column === undefined) {
        column = this.header.length;
        if (column >= MAX_COLUMNS) throw tooManyColumns();
        this.#columns.set(name, column);
        this.header.push(name);
        this.width = this.header.length;
      }
      while (cells.length < column) cells.push("");
      cells[column] = typeof field === "string" ? field : field === null ? "" : typeof field === "object" ? JSON.stringify(field) : String(field);
    }
    this.rows.push(cells);
    this.problems.push(undecodable);
  }

  /** Takes the first row as header (or makes one up) and marks the rows that do not fit it. */
  finish(firstRowIsHeader: boolean): void {
    const first = firstRowIsHeader ? this.rows.shift() : undefined;
    if (first !== undefined) {
      this.problems.shift();
      this.header = first.map((name, at) => (name.trim() === "" ? `Column ${at + 1}` : name.trim()));
    } else {
      const width = this.rows[0]?.length ?? 0;
      this.header = width === 1 ? ["Comment"] : Array.from({ length: width }, (_, at) => `Column ${at + 1}`);
    }
    const width = this.header.length;
    this.rows.forEach((cells, row) => {
      const bit = cells.length < width ? Problem.TooFewCells : cells.length > width ? Problem.TooManyCells : 0;
      this.problems[row] = (this.problems[row] ?? 0) | bit;
    });
  }

  /** One cell; empty where the row is too short. */
  cell(row: number, column: number): string {
    return this.rows[row]?.[column] ?? "";
  }

  /** Names of all columns, also of those that only rows with too many cells have. */
  allNames(): string[] {
    const names = [...this.header];
    for (let column = names.length; column < this.width; column++) names.push(`Extra cell ${column - this.header.length + 1}`);
    return names;
  }

  #checkRow(): void {
    if (this.rows.length >= MAX_ROWS) {
      throw new UserError("TOO_MANY_ROWS", `More than ${MAX_ROWS.toLocaleString("en")} rows. Split the file and read the parts one by one.`);
    }
  }
}

function tooManyColumns(): UserError {
  return new UserError("TOO_MANY_COLUMNS", `More than ${MAX_COLUMNS.toLocaleString("en")} columns. Is the format right?`);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
