//! Asks one text every question: language, sentiment, emotions, acts, intent, safety, whether it
//! says anything, personal data.
//!
//! A text is read once; when it swears, a second time without the swearing, for everything but
//! language, emotions and attacks: tone moves nothing else. Learned heads and listed phrases are joined in [`acts`], context in
//! [`context`].

mod acts;
mod context;
mod cues;
mod explain;
mod feelings;
mod frames;
mod heads;
mod language;
mod meaningful;
mod phrases;
mod settle;
mod turns;
mod whole;
mod why;

use crate::analysis::{
    Act, Analysis, Disposition, Emotion, Flag, Intent, IntentAnswer, Language, Present, Ranked, Safety, Sentence,
    Sentiment, SentimentLabel, SentimentProbabilities,
};
use crate::error::Result;
use crate::keyphrases;
use crate::limits::{DEFAULT_TEXT_BYTES, MAX_QUESTION_BYTES, MAX_SPANS, check_text_limit};
use crate::model::Model;
use crate::model::features::Asked;
use crate::privacy::{self, PiiType};
use crate::span::Span;
use crate::text::{Normalized, segment, without_swearing};
pub use context::asked;
use heads::{Heads, Scratch};
pub use turns::{AnalyzedTurn, Conversation, Role, Turn};

/// The model every engine carries unless given another.
const EDGE_PACK: &[u8] = include_bytes!("../../models/edge.bin");

/// What to find out about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnalyzeOptions {
    /// BCP 47 hint of the language: it is taken to be twenty times likelier than the text alone says.
    pub lang: Option<String>,
    /// The survey question the text answers: "Nothing." to "What could be better?" is praise.
    pub question: Option<String>,
    /// The post the text replies to: a copy of it inside the text is not read, but for personal
    /// data, and a reply is no broadcast.
    pub parent: Option<String>,
    /// Also give sentiment and acts per sentence.
    pub sentences: bool,
    /// Also give the places that speak for emotions and safety labels.
    pub spans: bool,
    /// Also give the evidence for every label.
    pub evidence: bool,
    /// Also give the phrases that tell what the text is about ([`crate::keyphrases`]).
    pub keyphrases: bool,
    /// Look for personal data.
    pub pii: bool,
    /// Longest text read, in bytes: 1..=[`crate::limits::MAX_TEXT_BYTES`]. A longer one is cut and flagged.
    pub max_text_bytes: usize,
}

impl Default for AnalyzeOptions {
    fn default() -> Self {
        AnalyzeOptions {
            lang: None,
            question: None,
            parent: None,
            sentences: false,
            spans: true,
            evidence: false,
            keyphrases: false,
            pii: true,
            max_text_bytes: DEFAULT_TEXT_BYTES,
        }
    }
}

impl AnalyzeOptions {
    /// # Errors
    /// [`Error::Option`] naming `maxTextBytes` when it is 0 or over the limit.
    pub fn check(&self) -> Result<()> {
        check_text_limit(self.max_text_bytes)
    }
}

/// The engine: one model, ready to analyse any number of texts.
#[derive(Debug)]
pub struct Engine {
    model: Model,
    heads: Heads,
}

impl Engine {
    /// An engine with the embedded model.
    ///
    /// # Errors
    /// [`Error::Model`] when the embedded pack is damaged, which a test rules out.
    pub fn new() -> Result<Engine> {
        Engine::with_model(EDGE_PACK)
    }

    /// An engine with the model pack in `bytes`.
    ///
    /// # Errors
    /// [`Error::Model`] when the pack cannot be read or lacks a head.
    pub fn with_model(bytes: &[u8]) -> Result<Engine> {
        let model = Model::from_bytes(bytes)?;
        let heads = Heads::find(&model, bytes.len())?;
        Ok(Engine { model, heads })
    }

    /// Version of the model pack.
    pub fn model_version(&self) -> &str {
        &self.model.version
    }

    /// Language codes the engine can answer, `und` last.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.model.heads[self.heads.language].labels.iter().map(String::as_str).chain(["und"])
    }

    /// Number of features the model keeps.
    pub fn features(&self) -> usize {
        self.model.features()
    }

    /// Analyses one text. Spans are bytes of `text`. `O(bytes)`; at most
    /// `options.max_text_bytes` are read.
    ///
    /// # Errors
    /// [`Error::Option`] only: no text is refused.
    pub fn analyze(&self, text: &str, options: &AnalyzeOptions) -> Result<Analysis> {
        options.check()?;
        Ok(self.analyze_with(&mut self.scratch(), text, options, asked_by(options)))
    }

    /// Analyses texts one after another, as [`Engine::analyze`] would each, and hands each result
    /// to `take` with its position.
    ///
    /// # Errors
    /// [`Error::Option`] before any text is read.
    pub fn analyze_batch<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        options: &AnalyzeOptions,
        mut take: impl FnMut(usize, Analysis),
    ) -> Result<()> {
        options.check()?;
        let mut scratch = self.scratch();
        let asked = asked_by(options);
        for (i, text) in texts.into_iter().enumerate() {
            take(i, self.analyze_with(&mut scratch, text, options, asked));
        }
        Ok(())
    }

    fn scratch(&self) -> Scratch {
        Scratch::new(&self.model)
    }

    fn analyze_with(
        &self,
        scratch: &mut Scratch,
        text: &str,
        options: &AnalyzeOptions,
        asked: Option<Asked>,
    ) -> Analysis {
        let model = &self.model;
        let heads = &self.heads;
        let read = cut(text, options.max_text_bytes);
        let own = options.parent.as_deref().and_then(|parent| context::without_parent(read, parent));
        let normal = match &own {
            Some(own) => Normalized::new(own),
            None => Normalized::new(read),
        };

        scratch.read(model, normal.text(), asked);
        let language = language::detect(model, &model.heads[heads.language], scratch, &normal, options.lang.as_deref());
        let lower = cues::lower(normal.text());
        let emotions = scratch.present(model, &model.heads[heads.emotions], &language) | feelings::named(&lower);
        let attacks = scratch.present(model, &model.heads[heads.safety], &language);

        // From here on the text without its swearing.
        let calm = without_swearing(normal.text());
        if let Some(calm) = &calm {
            scratch.read(model, &calm.text, asked);
        }
        let calm_lower = calm.as_ref().map(|calm| cues::lower(&calm.text));
        let calm_lower = calm_lower.as_ref().unwrap_or(&lower);
        let said = cues::cues().find(calm_lower);
        let calm_text = calm.as_ref().map_or(normal.text(), |calm| calm.text.as_str());
        // Limits differ by language: swearing in another one must not choose them.
        let without = calm.as_ref().map(|calm| {
            let normal = Normalized::new(&calm.text);
            language::detect(model, &model.heads[heads.language], scratch, &normal, options.lang.as_deref())
        });
        let spoken = without.as_ref().unwrap_or(&language);
        let sentiment = self.sentiment(scratch);
        let learned_acts = scratch.present(model, &model.heads[heads.acts], spoken);
        let intent = self.intent(scratch);
        // Where nothing swears this is what was read above.
        let mass = match calm {
            None => attacks,
            Some(_) => scratch.present(model, &model.heads[heads.safety], spoken),
        };
        let flags = scratch.present(model, &model.heads[heads.flags], spoken);

        let has = |bits: u32, at: usize| bits >> at & 1 == 1;
        let silent = calm.is_some() && !calm_text.chars().any(char::is_alphanumeric);
        let framed = frames::ironic(calm_lower) && learned_acts >> Act::Complaint as u32 & 1 == 1;
        let irony = framed || (has(flags, Flag::Irony as usize) && sentiment.probabilities.positive < acts::SINCERE);
        let acts = acts::join(learned_acts, said, irony);
        let to_someone = [Act::Question, Act::Complaint, Act::Request, Act::Thanks];
        let announced = frames::announces(calm_lower) && !to_someone.iter().any(|act| acts.contains(act));
        let broadcast = announced || has(flags, Flag::Broadcast as usize);
        let mixed = acts::mixed(&acts, has(flags, Flag::Mixed as usize));
        let mut analysis = Analysis {
            engine: crate::VERSION,
            model: model.version.clone(),
            sentiment: Sentiment { mixed, ..sentiment },
            sentences: None,
            emotions: present(&Emotion::ALL, |emotion| has(emotions, emotion as usize)),
            acts,
            intent,
            safety: present(&Safety::ALL, |label| {
                has(if why::is_mass(label) { mass } else { attacks }, label as usize)
            }),
            irony,
            broadcast: broadcast && options.parent.is_none(),
            meaningful: meaningful::is_meaningful(if silent { normal.text() } else { calm_text }),
            disposition: Disposition::Ignore,
            states: Vec::new(),
            evidence: None,
            pii: Vec::new(),
            keyphrases: None,
            truncated: read.len() < text.len(),
            language,
        };
        let settled = settle::settle(&mut analysis, asked, calm_text);
        let told = explain::Told { normal: &normal, calm: calm.as_ref(), asked, without, settled };
        self.explain(scratch, &mut analysis, options, told);
        if options.sentences {
            analysis.sentences = Some(self.sentences(scratch, &normal, &analysis.language));
        }
        if options.keyphrases {
            analysis.keyphrases = Some(keyphrases::of_normal(&normal, &analysis.language.code));
        }
        if let Some(own) = &own {
            own.move_back(&mut analysis);
        }
        if options.pii {
            // Also in a copy of the parent: a writer who repeats an address has published it.
            analysis.pii = match &own {
                Some(_) => privacy::detect(&Normalized::new(read), &PiiType::ALL),
                None => privacy::detect(&normal, &PiiType::ALL),
            };
        }
        let crowded = |count: usize| count >= MAX_SPANS;
        analysis.truncated |=
            crowded(analysis.pii.len()) || analysis.sentences.as_ref().is_some_and(|all| crowded(all.len()));
        analysis
    }

    fn sentiment(&self, scratch: &mut Scratch) -> Sentiment {
        let p = scratch.answers(&self.model, &self.model.heads[self.heads.sentiment]);
        let top = (0..3).fold(0, |top, i| if p[i] > p[top] { i } else { top });
        Sentiment {
            label: SentimentLabel::ALL[top],
            mixed: false,
            score: f64::from(p[2] - p[0]),
            probabilities: SentimentProbabilities {
                negative: p[0].into(),
                neutral: p[1].into(),
                positive: p[2].into(),
            },
        }
    }

    fn intent(&self, scratch: &mut Scratch) -> IntentAnswer {
        let p = scratch.answers(&self.model, &self.model.heads[self.heads.intent]);
        let mut order: Vec<usize> = (0..p.len()).collect();
        order.sort_by(|a, b| p[*b].total_cmp(&p[*a]).then(a.cmp(b)));
        let ranked = |at: &usize| Ranked { label: Intent::ALL[*at], confidence: p[*at].into() };
        let others = order[1..].iter().map(ranked).take_while(|other| other.confidence > LEAST_CONFIDENCE).take(OTHERS);
        let first = ranked(&order[0]);
        IntentAnswer { label: first.label, confidence: first.confidence, others: others.collect() }
    }

    /// Sentiment and acts of each sentence, read on its own.
    fn sentences(&self, scratch: &mut Scratch, normal: &Normalized<'_>, language: &Language) -> Vec<Sentence> {
        let spans: Vec<Span> = segment::sentences(normal.text()).into_iter().take(MAX_SPANS).collect();
        let model = &self.model;
        spans
            .into_iter()
            .map(|span| {
                let text = span.slice(normal.text()).unwrap_or("");
                let calm = without_swearing(text);
                let text = calm.as_ref().map_or(text, |calm| &calm.text);
                scratch.read(model, text, None);
                let sentiment = self.sentiment(scratch);
                let flags = scratch.present(model, &model.heads[self.heads.flags], language);
                let said = cues::cues().find(&cues::lower(text));
                let learned = scratch.present(model, &model.heads[self.heads.acts], language);
                let has = |flag: Flag| flags >> flag as usize & 1 == 1;
                let ironic = has(Flag::Irony) && sentiment.probabilities.positive < acts::SINCERE;
                let acts = acts::join(learned, said, ironic);
                Sentence {
                    span: normal.to_original(span),
                    sentiment: Sentiment { mixed: acts::mixed(&acts, has(Flag::Mixed)), ..sentiment },
                    acts,
                }
            })
            .collect()
    }
}

/// What the question of the options leans to; of a long question, its beginning.
fn asked_by(options: &AnalyzeOptions) -> Option<Asked> {
    options.question.as_deref().and_then(|question| context::asked(cut(question, MAX_QUESTION_BYTES)))
}

/// The next likeliest reasons given beside the likeliest, and the confidence they must pass.
const OTHERS: usize = 3;
const LEAST_CONFIDENCE: f64 = 0.05;

/// The labels that hold, without places yet.
fn present<L: Copy>(all: &[L], holds: impl Fn(L) -> bool) -> Vec<Present<L>> {
    all.iter().filter(|label| holds(**label)).map(|label| Present { label: *label, spans: Vec::new() }).collect()
}

/// The beginning of `text` in at most `most` bytes, on a character boundary.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
