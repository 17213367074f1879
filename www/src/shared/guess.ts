/** Guesses which column is which, from the names (en, ko, ja, pl, de, es, fr) and from the cells. */
import type { Scale } from "hearken";
import { readDay, readLanguage, readNumber } from "./values.ts";

/** What a column can be used for. */
export type Role = "text" | "rating" | "channel" | "language" | "date" | "person";

/** The columns chosen, by position. */
export interface Choice {
  text: number;
  rating: number | null;
  scale: Scale;
  channel: number | null;
  language: number | null;
  date: number | null;
  /** Who wrote: a key of the customer. */
  person: number | null;
  /** The survey question that every comment answers; empty when there is none. */
  question: string;
}

/** Names of columns as people write them; the order of the languages is en, ko, ja, pl, de, es, fr. */
const NAMES: Readonly<Record<Role, string>> = {
  text:
    "comment comments feedback text review message answer response verbatim body content remark opinion tweet reply " +
    "댓글 의견 내용 리뷰 후기 코멘트 메시지 답변 텍스트 " +
    "コメント 意見 ご意見 内容 本文 レビュー 感想 メッセージ 自由記述 回答 口コミ " +
    "komentarz opinia treść uwagi wiadomość recenzja odpowiedź tekst " +
    "kommentar bewertungstext nachricht meinung rückmeldung antwort freitext rezension " +
    "comentario opinión texto mensaje reseña respuesta observaciones " +
    "commentaire avis texte réponse remarque",
  rating:
    "rating score stars nps csat ces grade points satisfaction recommend " +
    "평점 별점 점수 만족도 추천 " +
    "評価 点数 星 満足度 スコア 推奨度 " +
    "ocena gwiazdki punkty wynik zadowolenie " +
    "bewertung note sterne punkte zufriedenheit " +
    "puntuación calificación valoración nota estrellas satisfacción " +
    "évaluation étoiles",
  channel:
    "channel source platform medium touchpoint 채널 경로 출처 플랫폼 チャネル 経路 媒体 プラットフォーム " +
    "kanał źródło platforma kanal quelle plattform canal fuente origen plataforma plateforme origine",
  language: "language lang locale 언어 言語 język sprache idioma lengua langue",
  date:
    "date day time timestamp created sent submitted 날짜 일자 작성일 시간 日付 日時 投稿日 作成日 data czas dzień " +
    "datum zeit erstellt fecha hora jour heure",
  person:
    "customer user member guest client account author customerid userid 고객 회원 사용자 顧客 会員 ユーザー klient użytkownik kunde nutzer cliente usuario utilisateur",
};

const fold = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

const WORDS: ReadonlyMap<Role, ReadonlySet<string>> = new Map(
  (Object.keys(NAMES) as Role[]).map((role) => [role, new Set(NAMES[role].split(" ").map(fold))]),
);

/** Words behind the name of a person that say what kind of key it is. */
const KEY_WORDS: ReadonlySet<string> = new Set(["id", "key", "no", "nr", "number", "hash"]);

/** 3 when the name is one of the role's names, 2 when one of its words is, else 0. */
function nameScore(name: string, role: Role): number {
  const words = WORDS.get(role);
  const whole = fold(name);
  if (words === undefined) return 0;
  if (words.has(whole)) return 3;
  // The last word says what a thing is: "review date" is a date, "comment language" a language.
  const parts = whole.split(/[^\p{L}]+/u).filter((part) => part !== "" && !(role === "person" && KEY_WORDS.has(part)));
  if (words.has(parts.at(-1) ?? "")) return 2;
  return parts.some((part) => words.has(part)) ? 1 : 0;
}

/** What the cells of one column look like. Shares are of the cells that are not empty. */
interface Look {
  letters: number;
  distinct: number;
  numbers: number;
  highest: number;
  lowest: number;
  dates: number;
  languages: number;
  filled: number;
}

function look(cells: readonly string[]): Look {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const n = filled.length;
  const numbers = filled.map(readNumber).filter((value) => value !== undefined);
  const share = (count: number): number => (n === 0 ? 0 : count / n);
  return {
    letters: share(filled.reduce((sum, cell) => sum + (cell.match(/\p{L}/gu)?.length ?? 0), 0)),
    distinct: share(new Set(filled).size),
    numbers: share(numbers.length),
    highest: Math.max(-1, ...numbers),
    lowest: Math.min(99, ...numbers),
    dates: share(filled.filter((cell) => readDay(cell, "month_first") ?? readDay(cell, "day_first")).length),
    languages: share(filled.filter((cell) => readLanguage(cell) !== undefined && cell.length <= 6).length),
    filled: n,
  };
}

/**
 * The likely columns. `rows` are the first rows (200 are enough). `text` is always given: the
 * wordiest column when no name helps; every other role only when name or cells speak for it.
 */
export function guessChoice(header: readonly string[], rows: readonly (readonly string[])[]): Choice {
  const looks = header.map((_, column) => look(rows.map((row) => row[column] ?? "")));
  const taken = new Set<number>();
  const pick = (role: Role, score: (name: number, look: Look) => number): number | null => {
    let best: number | null = null;
    let bestScore = 0;
    header.forEach((name, column) => {
      const cells = looks[column];
      if (taken.has(column) || cells === undefined) return;
      const value = score(nameScore(name, role), cells);
      if (value > bestScore) {
        bestScore = value;
        best = column;
      }
    });
    if (best !== null) taken.add(best);
    return best;
  };
  const date = pick("date", (name, cells) => (cells.dates > 0.8 ? 1 + name : 0));
  const rating = pick("rating", (name, cells) =>
    name > 0 && cells.numbers > 0.8 && cells.highest <= 10 ? name + 1 : 0);
  const language = pick("language", (name, cells) => (cells.languages > 0.8 && (name > 0 || cells.distinct < 0.2) ? 1 + name : 0));
  const text = pick("text", (name, cells) => {
    if (cells.filled === 0 || cells.numbers > 0.8) return name * 0.01;
    return name * 20 + Math.min(cells.letters, 100) * (0.2 + cells.distinct);
  });
  const channel = pick("channel", (name, cells) => (cells.numbers < 0.5 ? name : 0));
  const person = pick("person", (name, cells) => (cells.filled > 0 && name >= 2 ? name : 0));
  const shape = rating === null ? undefined : looks[rating];
  return {
    text: text ?? 0,
    rating,
    scale: shape === undefined || rating === null ? "nps" : guessScale(header[rating] ?? "", shape),
    channel,
    language,
    date,
    person,
    question: "",
  };
}

/** The likely scale of one column: its name first, then the highest answer. */
export function scaleOf(name: string, cells: readonly string[]): Scale {
  return guessScale(name, look(cells));
}

function guessScale(name: string, cells: Look): Scale {
  const text = fold(name);
  const { highest, lowest } = cells;
  if (/nps|recommend|추천|推奨|polec|empfehl|recom/u.test(text) && highest <= 10) return "nps";
  if (/ces|effort/.test(text) && lowest >= 1) return "ces7";
  if (highest > 7 || lowest === 0) return "nps";
  if (highest > 5) return "csat7";
  return /csat|satis|만족|満足|zadowol|zufrieden/u.test(text) ? "csat5" : "stars5";
}

/** Words in the names of columns that hold labels. */
const LABEL_NAMES = /label|topic|categor|class|tag|theme|kategor|etikett|thema|tema|thème|etiqueta|etykieta|temat|라벨|분류|주제|카테고리|ラベル|分類|カテゴリ|トピック/iu;

/** The column beside the texts that looks like labels: by its name, else by having few different values. */
export function labelColumn(header: readonly string[], rows: readonly (readonly string[])[], text: number): number | null {
  const columns = header.map((_, column) => column).filter((column) => column !== text);
  const kinds = (column: number): number => new Set(rows.map((cells) => (cells[column] ?? "").trim()).filter((cell) => cell !== "")).size;
  const named = columns.find((column) => LABEL_NAMES.test(header[column] ?? "") && kinds(column) > 1);
  if (named !== undefined) return named;
  const few = columns.filter((column) => kinds(column) > 1 && kinds(column) <= Math.max(2, rows.length / 2));
  return few.toSorted((a, b) => kinds(a) - kinds(b))[0] ?? null;
}
