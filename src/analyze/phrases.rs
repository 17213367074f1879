//! The phrases behind question and thanks, lower case, per language. Data, no code.

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Question,
    Thanks,
    /// Calls off a thank that overlaps it.
    NoThanks,
}

/// Where a phrase must stand to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As whole words.
    Word,
    /// As the beginning of a word.
    Stem,
    /// Anywhere, also inside a word (scripts and endings without word edges).
    Within,
    /// As whole words at the start of a sentence or clause.
    Start,
    /// As the end of a sentence or clause.
    End,
}

use Place::*;
use Says::*;

#[rustfmt::skip] // a list to a language, not a phrase to a line
pub(super) const PHRASES: &[(Says, Place, &[&str])] = &[
    // English
    (
        Question,
        Start,
        &[
            "how do", "how can", "how could", "how does", "how long", "how much", "how many", "how come", "how soon", "how often", "how is it",
            "when will", "when does", "when is", "when are", "when do", "when can", "where is", "where's", "where are", "where can", "where do",
            "where does", "why is", "why are", "why can't", "why cant", "why do", "why does", "why did", "why isn't", "why won't", "why don't",
            "why has", "why have", "what is", "what's the", "whats the", "what are", "what time", "what does", "what do i", "what happens", "who is",
            "who do", "who can", "which one", "can i", "can you", "can we", "can someone", "can anyone", "could you", "could i", "could someone",
            "do you", "do i", "does it", "does this", "does anyone", "does the", "did you", "is there", "are there", "is it possible", "is it",
            "is this", "is the", "are you", "will you", "will there", "will it", "will i", "would you", "would it be", "any idea", "any news",
            "any update", "any chance", "anyone know", "has anyone", "have you", "may i", "should i", "wondering if", "wondering when",
        ],
    ),
    (Question, Word, &["i wonder if", "just wondering", "i was wondering", "i'd like to know", "i would like to know", "want to know if", "can you tell me", "could you tell me", "please let me know if", "please let me know when", "do you know if", "do you have any"]),
    (Thanks, Word, &["thanks", "thank you", "thank u", "thankyou", "thx", "thnx", "thanx", "tysm", "ty", "tnx", "much appreciated", "i appreciate", "we appreciate", "really appreciate", "so grateful", "very grateful", "cheers"]),
    (NoThanks, Word, &["no thanks", "no thank you", "no, thanks", "no, thank you", "thanks for nothing", "thank you for nothing", "thanks to your", "thanks but no thanks", "thanks to the", "thanks to you guys", "thanks to you,", "no cheers", "never thanked", "not even a thank you", "without a thank you", "thanks to my"]),
    // Korean
    (
        Question,
        End,
        &[
            "나요", "까요", "인가요", "건가요", "한가요", "는가요", "은가요", "된가요", "던가요", "실까요", "습니까", "입니까", "합니까", "됩니까", "십니까", "는지요", "은지요",
            "을까", "일까", "될까", "할까", "나여", "까여", "는거죠", "는 거죠", "건지요", "뭔가요", "되나", "있나", "없나", "하나요", "는거에요", "는 거예요", "는건지",
        ],
    ),
    (Question, Within, &["궁금합니다", "궁금해요", "궁금하네요", "궁금한데", "알고 싶습니다", "알고 싶어요", "알고싶어요", "알고싶습니다", "문의드립니다", "문의 드립니다", "문의드려요", "여쭤"]),
    (Question, Start, &["언제쯤", "어디서", "어떻게 하면", "왜 이렇게", "왜 안"]),
    (Thanks, Within, &["감사합니다", "감사해요", "감사드", "감사 드", "감사했", "감사하", "감사요", "고맙", "고마워", "고마웠", "고마운", "땡큐", "ㄱㅅ", "감솨", "캄사"]),
    (NoThanks, Within, &["감사하지", "고맙지", "감사할 일", "감사하다는 말", "고맙다는 말도"]),
    // Japanese
    (
        Question,
        End,
        &[
            "ですか", "ますか", "でしょうか", "ませんか", "ましたか", "だろうか", "ですかね", "ますかね", "でしょうかね", "のかな", "かな", "んですか", "のですか", "ですかー", "いいの", "るの", "たの", "ないの", "たいですが",
        ],
    ),
    (Question, Within, &["教えてください", "教えて下さい", "教えてほしい", "教えて頂け", "教えていただけ", "知りたいです", "伺いたい", "お伺いし", "お聞きしたい"]),
    (Thanks, Within, &["ありがと", "有難う", "有り難う", "感謝", "サンキュ", "お礼申", "あざす", "あざっす", "助かりました", "おおきに"]),
    (NoThanks, Within, &["ありがとうも言", "ありがとうの一言も", "感謝の言葉も", "感謝もされ", "ありがた迷惑", "感謝の気持ちがない", "感謝もない"]),
    // Polish
    (
        Question,
        Start,
        &[
            "czy", "kiedy będzie", "kiedy bedzie", "kiedy dotrze", "kiedy dostanę", "kiedy dostane", "kiedy przyjdzie", "kiedy otwieracie", "kiedy mogę", "kiedy moge", "kiedy można", "kiedy wróci", "kiedy w końcu", "kiedy jest", "kiedy są",
            "gdzie", "dlaczego", "czemu", "jak długo", "jak dlugo", "ile", "jak mogę", "jak moge", "jak można", "jak mozna", "jak zrobić", "jak anulować", "jak zwrócić", "jak to zrobić", "jak się", "jak sie", "po co", "co zrobić", "co mam zrobić", "w jaki sposób", "w jaki sposob", "skąd", "który", "która", "o której", "do której", "od której", "do kiedy", "od kiedy",
        ],
    ),
    (Question, Word, &["ktoś wie", "ktos wie", "chciałbym wiedzieć", "chciałabym wiedzieć", "chciałbym zapytać", "chciałabym zapytać", "mam pytanie", "proszę o informację", "prosze o informacje", "proszę o informacje"]),
    (Thanks, Stem, &["dziękuj", "dziekuj", "dzięki", "dzieki", "dzięks", "podziękowa", "podziekowa", "podziękowan", "dziena", "dzięx", "dzienks", "wdzięczn"]),
    (NoThanks, Word, &["dzięki temu", "dzieki temu", "dzięki czemu", "dzieki czemu", "nie dziękuję", "nie, dziękuję", "nie dziekuje", "nie, dziekuje", "nie, dzięki", "dzięki niemu", "dzięki niej", "dzięki którym", "dzięki której", "dzięki za nic", "dzieki za nic", "dziękuję za taką", "dziekuje za taka"]),
    // German
    (
        Question,
        Start,
        &[
            "wie lange", "wie kann", "wie viel", "wieviel", "wie viele", "wie oft", "wie bekomme", "wie komme", "wie funktioniert", "wie geht", "wie lautet", "wann kommt", "wann wird", "wann ist", "wann kann", "wann bekomme", "wann gibt", "wann öffnet", "wann macht", "wann habt", "wann sind", "wann werden", "wo ist", "wo kann", "wo finde",
            "wo bleibt", "wo sind", "wo bekomme", "warum", "wieso", "weshalb", "kann ich", "kann man", "können sie", "könnt ihr", "könnten sie", "könntet ihr", "gibt es", "gibts", "gibt's", "habt ihr", "haben sie", "weiß jemand", "weiss jemand", "kann jemand", "kann mir jemand", "ist es möglich", "wer kann", "was kostet", "was kosten", "was muss", "was passiert", "was ist mit",
            "welche", "welcher", "welches", "bis wann", "ab wann", "seit wann", "wohin", "darf ich", "darf man", "muss ich", "sind sie", "seid ihr", "bekomme ich", "gilt", "hat jemand", "ist das",
        ],
    ),
    (Question, Word, &["ich wollte fragen", "ich möchte fragen", "ich wollte wissen", "ich möchte wissen", "wüsste gern", "wüsste gerne", "hätte eine frage", "habe eine frage", "bitte um auskunft"]),
    (Thanks, Word, &["danke", "dankeschön", "danke schön", "vielen dank", "besten dank", "herzlichen dank", "tausend dank", "lieben dank", "bedanke mich", "bedanken uns", "dankbar", "merci", "thx", "dank an", "dank euch", "großes lob und dank", "dank dir", "dank ihnen"]),
    (NoThanks, Word, &["nein danke", "nein, danke", "danke für nichts", "danke für gar nichts", "na danke", "danke nein", "na vielen dank"]),
    // French
    (
        Question,
        Start,
        &[
            "est-ce que", "est ce que", "est-ce qu'il", "est ce qu'il", "qu'est-ce que", "qu'est ce que", "quand est", "quand sera", "quand vais", "quand puis", "quand pourr", "quand arrive", "quand recevrai", "quand ouvr", "comment", "pourquoi", "où est", "ou est", "où puis", "où en est", "où sont", "où trouver", "combien", "pouvez-vous", "pouvez vous",
            "pourriez-vous", "pourriez vous", "avez-vous", "avez vous", "y a-t-il", "y a t-il", "y a t il", "y'a", "quel est", "quelle est", "quels sont", "quelles sont", "quel délai", "qui peut", "puis-je", "puis je", "peut-on", "peut on", "peux-tu", "c'est quand", "savez-vous", "savez vous", "quelqu'un sait", "c'est possible", "serait-il possible", "faut-il", "dois-je", "je peux",
        ],
    ),
    (Question, Word, &["je voudrais savoir", "j'aimerais savoir", "je voulais savoir", "je souhaite savoir", "je me demande", "quelqu'un peut me dire", "vous savez si", "pouvez-vous me dire"]),
    (Thanks, Word, &["merci", "mercii", "je remercie", "remercie", "remercier", "remerciements", "mrc", "merci beaucoup"]),
    (NoThanks, Word, &["non merci", "non, merci", "merci de me", "merci de nous", "merci de bien", "merci d'avance de", "merci pour rien", "merci de répondre", "merci de vérifier", "merci de corriger", "merci de rembourser", "merci de faire", "merci de ne"]),
    // Spanish
    (
        Question,
        Start,
        &[
            "cuándo", "cuando llega", "cuando me", "cuando va", "cuando van", "cuando abren", "cuando estará", "dónde", "donde está", "donde esta", "donde puedo", "donde queda", "cómo", "como puedo", "como hago", "como se", "por qué", "porque no puedo", "por que", "xq", "pq", "cuánto", "cuánta", "cuántos", "cuanto cuesta", "cuanto tarda", "cuanto vale",
            "cuanto sale", "puedo", "puede", "podría", "pueden", "podrían", "podrian", "podéis", "podeis", "se puede", "alguien sabe", "alguien me", "hay alguna", "hay algún", "hay manera", "qué", "que pasa con", "que hago", "cuál", "cual es", "quién", "tienen", "tenéis", "teneis", "es posible", "sabéis", "sabeis", "saben si", "hasta qué hora", "hasta que hora", "a qué hora", "a que hora", "hacen",
        ],
    ),
    (Question, Word, &["quisiera saber", "quería saber", "queria saber", "me gustaría saber", "me gustaria saber", "quiero saber", "me pueden decir", "me podrían decir", "tengo una pregunta", "tengo una duda", "me podéis decir"]),
    (Thanks, Word, &["gracias", "grasias", "graciass", "agradezco", "agradecida", "agradecido", "agradecidos", "se agradece", "agradecemos", "mil gracias"]),
    (NoThanks, Word, &["no gracias", "no, gracias", "gracias por nada", "gracias a ustedes", "gracias a vosotros", "gracias a la", "gracias a su", "ni las gracias", "ni gracias", "gracias a dios", "gracias a eso", "gracias a que"]),
    // Italian
    (
        Question,
        Start,
        &[
            "quando arriva", "quando arriverà", "quando sarà", "quando apre", "quando aprite", "quando posso", "quando ricevo", "quando torna", "dove", "dov'è", "come posso", "come faccio", "come si", "come mai", "perché non", "perché", "perche", "xké", "quanto costa", "quanto tempo", "quanto ci", "quanto", "posso", "potete", "potreste", "può qualcuno", "si può", "è possibile",
            "e possibile", "avete", "c'è un", "c'è una", "c'è modo", "c'è qualcuno", "ci sono", "qualcuno sa", "quale", "quali", "qual è", "chi", "che fine", "a che ora", "fino a che ora", "devo", "fate", "cosa devo", "cosa succede",
        ],
    ),
    (Question, Word, &["vorrei sapere", "volevo sapere", "mi sapete dire", "sapete dirmi", "potete dirmi", "ho una domanda", "mi chiedo"]),
    (Thanks, Word, &["grazie", "graziee", "grz", "ringrazio", "ringraziare", "ringraziamenti", "ringraziamo", "grata", "ringraziandovi"]),
    (NoThanks, Word, &["no grazie", "no, grazie", "grazie al cavolo", "grazie per niente", "grazie di niente", "grazie a voi ho perso", "grazie al", "grazie alla", "grazie allo"]),
    // Portuguese
    (
        Question,
        Start,
        &[
            "quando", "onde", "cadê", "cade o", "como posso", "como faço", "como faco", "como fazer", "como funciona", "por que", "porque não", "porque nao", "porquê", "pq", "quanto", "quantos", "quantas", "posso", "podem", "poderia", "poderiam", "vocês têm", "voces tem", "vcs tem", "vocês vão", "vcs vão", "é possível", "e possivel", "alguém sabe",
            "alguem sabe", "alguém pode", "qual", "quais", "tem como", "tem algum", "tem alguma", "dá para", "da para", "dá pra", "existe", "quem", "o que eu faço", "o que faço", "até que horas", "a que horas", "que horas", "será que", "sera que",
        ],
    ),
    (Question, Word, &["gostaria de saber", "queria saber", "quero saber", "preciso saber", "podem me dizer", "poderia me dizer", "tenho uma dúvida", "tenho uma duvida", "alguém me diz"]),
    (Thanks, Stem, &["obrigad", "brigad", "agradeço", "agradeco", "agradecid", "agradecim", "agradecer"]),
    (Thanks, Word, &["obg", "obgd", "valeu", "vlw", "grata", "grato"]),
    (NoThanks, Word, &["não obrigado", "não, obrigado", "não obrigada", "não, obrigada", "nao obrigado", "nao, obrigado", "obrigado por nada", "obrigada por nada", "não valeu", "não valeu a pena", "valeu a pena", "obrigado a", "obrigada a", "obrigados a", "sou obrigado", "fui obrigado", "fui obrigada", "nem um obrigado", "obrigação", "obrigatório", "obrigatória", "obrigadas a"]),
    // Dutch
    (
        Question,
        Start,
        &[
            "wanneer komt", "wanneer krijg", "wanneer is", "wanneer gaat", "wanneer wordt", "wanneer kan", "wanneer zijn", "wanneer gaan", "waar is", "waar kan", "waar blijft", "waar vind", "waar zijn", "hoe kan", "hoe lang", "hoelang", "hoeveel", "hoe laat", "hoe werkt", "hoe kom", "hoe krijg", "hoe moet", "waarom", "kan ik", "kan iemand", "kun je", "kunnen jullie",
            "kunnen we", "kunt u", "is het mogelijk", "is er", "zijn er", "hebben jullie", "heeft iemand", "heeft u", "weet iemand", "weten jullie", "wat kost", "wat moet", "wat is", "welke", "wie kan", "mag ik", "moet ik", "gaan jullie", "doen jullie", "tot hoe laat", "kan het",
        ],
    ),
    (Question, Word, &["ik vroeg me af", "vraag me af", "ik wil graag weten", "wil graag weten", "graag weten of", "ik wilde vragen", "heb een vraag", "kunt u mij vertellen"]),
    (Thanks, Word, &["bedankt", "dank u", "dank je", "dank jullie", "dankjewel", "dankuwel", "dank u wel", "dank je wel", "hartelijk dank", "veel dank", "dankbaar", "bedank", "bedanken", "thnx", "dankje", "duizendmaal dank"]),
    (NoThanks, Word, &["nee bedankt", "nee, bedankt", "nee dank je", "nee, dank je", "bedankt voor niets", "nou bedankt", "nou, bedankt", "nee dank u"]),
    // A few words of other languages that customers of any shop use
    (Thanks, Within, &["谢谢", "感谢", "多谢", "謝謝"]),
    (Question, Within, &["什么时候", "怎么", "为什么", "多少钱", "吗", "請問", "请问"]),
    (Thanks, Word, &["спасибо", "дякую", "teşekkürler", "teşekkür ederim", "tack", "takk", "tak", "kiitos", "děkuji", "díky", "ďakujem", "hvala", "mulțumesc", "multumesc", "köszönöm", "terima kasih", "makasih", "شكرا", "धन्यवाद", "ขอบคุณ"]),
];
