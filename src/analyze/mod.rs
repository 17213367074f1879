//! Asks one text every question: language, sentiment, emotions, acts, intent, safety, whether it
//! says anything, personal data.
//!
//! A text is read once; when it swears, a second time without the swearing, for everything but
//! language, emotions and attacks: tone moves nothing else. Learned heads and listed phrases are joined in `acts`, context in
//! `context`.

use std::sync::Arc;

mod acts;
mod called_off;
mod context;
mod corrected;
mod cues;
mod explain;
mod feelings;
mod frames;
mod heads;
mod language;
mod meaningful;
mod phrases;
mod settle;
mod signalled;
mod toneless;
mod topics;
mod turns;
mod whole;
mod why;

use crate::analysis::{
    Act, Analysis, Disposition, Emotion, Flag, Intent, IntentAnswer, Language, Present, Ranked, Safety, Sentence,
    Sentiment, SentimentLabel, SentimentProbabilities, Signals,
};
use crate::error::Result;
use crate::keyphrases;
use crate::learn::Corrections;
use crate::lexicon;
use crate::limits::{DEFAULT_TEXT_BYTES, MAX_QUESTION_BYTES, MAX_SIGNAL_BYTES, MAX_SPANS, check_text_limit};
use crate::message::Channel;
use crate::model::Model;
use crate::model::features::Asked;
use crate::privacy::{self, PiiType};
use crate::signals::Brands;
use crate::span::Span;
use crate::taxonomy::Taxonomy;
use crate::text::{Normalized, Reading, segment, without_swearing, without_swearing_in};
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
    /// Tell what the text is about.
    pub topics: bool,
    /// The taxonomy that tells it; without one that of the engine.
    pub taxonomy: Option<Arc<Taxonomy>>,
    /// Also give the phrases that tell what the text is about ([`crate::keyphrases`]).
    pub keyphrases: bool,
    /// Look for personal data.
    pub pii: bool,
    /// Look for wishes, expectations, effort, urgency, churn, brands, links and the journey stage.
    pub signals: bool,
    /// Give the words of wishes and expectations beside their places; without, an analysis holds no
    /// words of the text but names of brands.
    pub words: bool,
    /// Answers that people changed: sentiment, intent and acts move for texts like those corrected,
    /// disposition and states follow. Any other text has the same bits as without. Evidence tells of
    /// the engine's own answer.
    pub corrections: Option<Arc<Corrections>>,
    /// Brands to look for.
    pub brands: Brands,
    /// Where the text was written: tells the media type.
    pub channel: Channel,
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
            topics: true,
            taxonomy: None,
            keyphrases: false,
            pii: true,
            signals: true,
            words: true,
            corrections: None,
            brands: Brands::default(),
            channel: Channel::Other,
            max_text_bytes: DEFAULT_TEXT_BYTES,
        }
    }
}

impl AnalyzeOptions {
    /// # Errors
    /// [`crate::Error::Option`] naming `maxTextBytes` when it is 0 or over the limit.
    pub fn check(&self) -> Result<()> {
        check_text_limit(self.max_text_bytes)
    }
}

/// The engine: one model, ready to analyse any number of texts.
#[derive(Debug)]
pub struct Engine {
    model: Model,
    heads: Heads,
    /// Set where the engine was given one of its own.
    taxonomy: Option<Arc<Taxonomy>>,
}

impl Engine {
    /// An engine with the embedded model.
    ///
    /// # Errors
    /// [`crate::Error::Model`] when the embedded pack is damaged, which a test rules out.
    pub fn new() -> Result<Engine> {
        Engine::with_model(EDGE_PACK)
    }

    /// An engine with the model pack in `bytes`.
    ///
    /// # Errors
    /// [`crate::Error::Model`] when the pack cannot be read or lacks a head.
    pub fn with_model(bytes: &[u8]) -> Result<Engine> {
        let model = Model::from_bytes(bytes)?;
        let heads = Heads::find(&model, bytes.len())?;
        Ok(Engine { model, heads, taxonomy: None })
    }

    /// The same engine with another taxonomy in place of the general one.
    pub fn with_taxonomy(self, taxonomy: Arc<Taxonomy>) -> Engine {
        Engine { taxonomy: Some(taxonomy), ..self }
    }

    /// Version of the model pack.
    pub fn model_version(&self) -> &str {
        &self.model.version
    }

    /// The model the engine reads with.
    pub fn model(&self) -> &Model {
        &self.model
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
    /// [`crate::Error::Option`] only: no text is refused.
    pub fn analyze(&self, text: &str, options: &AnalyzeOptions) -> Result<Analysis> {
        options.check()?;
        Ok(self.analyze_with(&mut self.scratch(), text, options, asked_by(options)))
    }

    /// Analyses texts one after another, as [`Engine::analyze`] would each, and hands each result
    /// to `take` with its position.
    ///
    /// # Errors
    /// [`crate::Error::Option`] before any text is read.
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
        let read = cut(text, options.max_text_bytes);
        let own = options.parent.as_deref().and_then(|parent| context::without_parent(read, parent));
        let normal = match &own {
            Some(own) => Normalized::new(own),
            None => Normalized::new(read),
        };

        let reading = Reading::new(normal.text());
        scratch.read(model, &reading, asked);
        let language = language::detect(self, scratch, &reading, options.lang.as_deref());
        let heard = cues::cues().find(&reading);
        let emotions = scratch.present(self, self.heads.emotions, &language) | feelings::named(&reading) | heard.feels;
        let attacks = scratch.present(self, self.heads.safety, &language);

        // From here on the text without its swearing.
        let calm = without_swearing_in(reading.text, &reading.tokens);
        let calm_reading = calm.as_ref().map(|calm| Reading::new(&calm.text));
        if let Some(reading) = &calm_reading {
            scratch.read(model, reading, asked);
        }
        // Limits differ by language: swearing in another one must not choose them.
        let without =
            calm_reading.as_ref().map(|reading| language::detect(self, scratch, reading, options.lang.as_deref()));
        let spoken = without.as_ref().unwrap_or(&language);
        let (said, announced) = match &calm_reading {
            None => (heard.said, heard.announced),
            Some(reading) => {
                let heard = cues::cues().find(reading);
                (heard.said, heard.announced)
            }
        };
        let calm_reading = calm_reading.as_ref().unwrap_or(&reading);
        let calm_text = calm_reading.text;
        let sentiment = self.sentiment(scratch);
        let learned_acts = scratch.present(self, self.heads.acts, spoken);
        let intent = self.intent(scratch);
        // Where nothing swears this is what was read above.
        let mass = match calm {
            None => attacks,
            Some(_) => scratch.present(self, self.heads.safety, spoken),
        };
        let flags = scratch.present(self, self.heads.flags, spoken);
        let signs = if options.signals { scratch.present(self, self.heads.signs, spoken) } else { 0 };
        let danger = options.signals && scratch.present(self, self.heads.danger, spoken) != 0;

        let has = |bits: u32, at: usize| bits >> at & 1 == 1;
        let silent = calm.is_some() && !calm_text.chars().any(char::is_alphanumeric);
        let framed = has(learned_acts, Act::Complaint as usize) && frames::ironic(&calm_reading.lower);
        let irony = framed || (has(flags, Flag::Irony as usize) && sentiment.probabilities.positive < acts::SINCERE);
        let acts = acts::join(learned_acts, said, irony);
        let to_someone = [Act::Question, Act::Complaint, Act::Request, Act::Thanks];
        let announced = announced && !to_someone.iter().any(|act| acts.contains(act));
        let broadcast = announced || has(flags, Flag::Broadcast as usize);
        let mixed = acts::mixed(&acts, has(flags, Flag::Mixed as usize));
        // Read once for topics and signals.
        let places = (options.topics || options.signals).then(|| lexicon::Reading::of(calm_reading, &spoken.code));
        // A ligature can be eleven times as long in normal form.
        let beginning = (options.signals && calm_text.len() > MAX_SIGNAL_BYTES)
            .then(|| lexicon::Reading::new(cut(calm_text, MAX_SIGNAL_BYTES), &spoken.code));
        let mut analysis = Analysis {
            engine: crate::VERSION,
            model: model.version.clone(),
            sentiment: Sentiment { mixed, ..sentiment },
            sentences: None,
            emotions: present(&Emotion::ALL, |emotion| has(emotions, emotion as usize)),
            acts,
            intent,
            topics: Vec::new(),
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
            signals: Signals::default(),
            truncated: read.len() < text.len(),
            language,
        };
        let settled = settle::settle(&mut analysis, asked, calm_text);
        if options.signals
            && let Some(reading) = beginning.as_ref().or(places.as_ref())
        {
            let spoken = without.as_ref().unwrap_or(&analysis.language);
            let mut found =
                signalled::find(cut(calm_text, MAX_SIGNAL_BYTES), reading, spoken, &analysis, (signs, danger), options);
            found.each_span(|span| {
                let place = calm.as_ref().map_or(*span, |calm| calm.back(*span));
                *span = normal.to_original(place);
            });
            found.write_pieces(normal.original());
            signalled::promote(&mut analysis, &found, calm_text);
            analysis.signals = found;
        }
        let told = explain::Told { normal: &normal, calm: calm.as_ref(), asked, without, settled };
        self.explain(scratch, &mut analysis, options, told);
        if options.topics
            && let Some(reading) = &places
        {
            let taxonomy = options.taxonomy.as_ref().unwrap_or_else(|| self.taxonomy());
            // Explaining may have read the text with its swearing.
            let tokens = calm.is_none().then_some(calm_reading.tokens.as_slice());
            let read = topics::Read { text: calm_text, tokens };
            self.topics(scratch, reading, read, asked, &mut analysis, taxonomy);
            let back = |span: Span| normal.to_original(calm.as_ref().map_or(span, |calm| calm.back(span)));
            let spans = analysis.topics.iter_mut().flat_map(|topic| &mut topic.spans);
            spans.for_each(|span| *span = back(*span));
        }
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
                Some(_) => privacy::detect(&Normalized::new(read), &PiiType::DEFAULT),
                None => privacy::detect(&normal, &PiiType::DEFAULT),
            };
        }
        if let Some(corrections) = &options.corrections {
            self.apply(corrections, read, &mut analysis);
        }
        if !options.words {
            analysis.signals.drop_words();
        }
        let crowded = |count: usize| count >= MAX_SPANS;
        analysis.truncated |=
            crowded(analysis.pii.len()) || analysis.sentences.as_ref().is_some_and(|all| crowded(all.len()));
        analysis
    }

    fn sentiment(&self, scratch: &mut Scratch) -> Sentiment {
        let p = scratch.answers(self, self.heads.sentiment);
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
        let p = scratch.answers(self, self.heads.intent);
        let ranked = |at: usize| Ranked { label: Intent::ALL[at], confidence: p[at].into() };
        let mut taken = 0u32;
        let mut next = || {
            let free = (0..p.len()).filter(|at| taken >> at & 1 == 0);
            let best = free.fold(None, |best: Option<usize>, at| match best {
                Some(best) if p[at].total_cmp(&p[best]).is_le() => Some(best),
                _ => Some(at),
            })?;
            taken |= 1 << best;
            Some(ranked(best))
        };
        let first = next().unwrap_or(Ranked { label: Intent::None, confidence: 0.0 });
        let likely = std::iter::from_fn(next).take_while(|other| other.confidence > LEAST_CONFIDENCE);
        IntentAnswer { label: first.label, confidence: first.confidence, others: likely.take(OTHERS).collect() }
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
                let reading = Reading::new(text);
                scratch.read(model, &reading, None);
                let sentiment = self.sentiment(scratch);
                let flags = scratch.present(self, self.heads.flags, language);
                let said = cues::cues().find(&reading).said;
                let learned = scratch.present(self, self.heads.acts, language);
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
