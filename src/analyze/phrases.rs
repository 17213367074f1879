//! The phrases behind question and thanks, lower case, per language. Data, no code.

use crate::analysis::Emotion;

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Question,
    Thanks,
    /// Calls off a question that overlaps it; a question mark still asks.
    NoQuestion,
    /// Calls off a thank that overlaps it.
    NoThanks,
    /// Announces something to everyone.
    Announces,
    /// Names a feeling, unless a negation follows.
    Feels(Emotion),
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
    /// As whole words at the start of a sentence: behind a comma the words mean something else
    /// ("Der Laden, welcher ...").
    First,
    /// As the end of a sentence or clause.
    End,
    /// As whole words, with no letter of any script before it where its own script writes spaces.
    Apart,
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
            "why has", "why have", "what is", "what are", "what time", "what does", "what do i", "what happens", "who is",
            "who do", "who can", "which one", "does the price", "does the app", "does the store", "does the shop", "does the delivery", "does the warranty", "is the shop", "is the store", "is the app", "is the website", "is the item", "is the service", "what's the price", "what's the difference", "what's the deadline", "what's the status", "what's the address", "any chance you", "any chance of", "have you got", "have you any", "have you received", "have you shipped", "may i have", "may i ask", "may i get", "may i return", "may i pay", "should i send", "should i call", "should i wait", "should i return", "would it be possible", "can i", "can you", "can we", "can someone", "can anyone", "could you", "could i", "could someone",
            "do you", "do i", "does it", "does this", "does anyone", "did you", "is there", "are there", "is it possible", "is it",
            "is this", "are you", "will you", "will there", "will it", "will i", "would you", "any idea", "any news",
            "any update", "anyone know", "has anyone", "wondering if", "wondering when",
        ],
    ),
    (Question, Word, &["i wonder if", "just wondering", "i was wondering", "i'd like to know", "i would like to know", "want to know if", "can you tell me", "could you tell me", "please let me know if", "please let me know when", "do you know if", "do you have any"]),
    (Thanks, Word, &["thanks", "thank you", "thank u", "thankyou", "ty for", "ty so", "ty very", "i appreciate your", "i appreciate the", "i appreciate it", "i appreciate you", "i appreciate all", "i appreciate how", "we appreciate your", "we appreciate the", "appreciate your help", "thx", "thnx", "thanx", "tysm", "tnx", "much appreciated", "really appreciate", "so grateful", "very grateful", "cheers"]),
    (NoThanks, Word, &["no thanks", "no thank you", "no, thanks", "no, thank you", "thanks to this", "thanks to that", "thanks to bad", "thanks to poor", "thanks to their", "would be much appreciated", "would be very much appreciated", "would be really appreciated", "would really appreciate", "i'd really appreciate", "would very much appreciate", "three cheers", "said thank you", "got a thank you", "need to thank you", "thanks for nothing", "thank you for nothing", "thanks to your", "thanks but no thanks", "thanks to the", "thanks to you guys", "thanks to you,", "no cheers", "never thanked", "not even a thank you", "without a thank you", "thanks to my"]),
    (NoQuestion, Word, &["how much i love", "how much i like", "how much i hate", "how much we love", "how long i waited", "how many times", "what is more", "what is worse", "who can say no", "are you kidding", "would you believe", "how is it that"]),
    // Korean
    (
        Question,
        End,
        &[
            "나요", "까요", "인가요", "건가요", "한가요", "는가요", "은가요", "된가요", "던가요", "실까요", "습니까", "입니까", "합니까", "됩니까", "십니까", "는지요", "은지요",
            "을까", "일까", "될까", "할까", "나여", "까여", "는거죠", "는 거죠", "건지요", "뭔가요", "하나요", "는거에요", "는 거예요", "는건지",
        ],
    ),
    (Question, Within, &["얼마예요", "얼마에요", "얼마인지", "얼마죠", "궁금합니다", "궁금해요", "궁금하네요", "궁금한데", "알고 싶습니다", "알고 싶어요", "알고싶어요", "알고싶습니다", "문의드립니다", "문의 드립니다", "문의드려요", "여쭤"]),
    (Question, Start, &["언제쯤", "어떻게 하면"]),
    (Thanks, Within, &["감사합니다", "감사해요", "감사드", "감사 드", "감사했", "감사하", "감사요", "고맙", "고마워", "고마웠", "고마운", "땡큐", "ㄱㅅ", "감솨", "캄사"]),
    (NoThanks, Within, &["고맙다는 인사도", "고마운 줄", "감사팀", "감사하는 사람", "감사하지", "고맙지", "감사할 일", "감사하다는 말", "고맙다는 말도"]),
    (NoQuestion, Within, &["문의드립니다라고", "궁금해요라는"]),
    // Japanese
    (
        Question,
        End,
        &[
            "ですか", "ますか", "でしょうか", "ませんか", "ましたか", "だろうか", "ですかね", "ますかね", "でしょうかね", "いつかな", "どこかな", "できるかな", "のかな", "んですか", "のですか", "ですかー", 
        ],
    ),
    (Question, Within, &["教えてください", "教えて下さい", "教えてほしい", "教えて頂け", "教えていただけ", "知りたいです", "伺いたい", "お伺いし", "お聞きしたい"]),
    (Thanks, Within, &["ありがと", "有難う", "有り難う", "感謝", "サンキュ", "お礼申", "あざす", "あざっす", "助かりました", "おおきに"]),
    (NoThanks, Within, &["ありがとうも言", "ありがとうの一言も", "感謝されるどころ", "ありがとうと言われな", "ありがとうも", "感謝の言葉も", "感謝もされ", "ありがた迷惑", "感謝の気持ちがない", "感謝もない"]),
    (NoQuestion, Within, &["ものですか", "なんとかなりますか", "教えてくださいと言った", "教えてくださいとお願いした"]),
    // Polish
    (
        Question,
        Start,
        &[
            "ile kosztuje", "ile kosztują", "ile trwa", "ile czasu", "ile zapłacę", "ile się czeka", "gdzie jest", "gdzie mogę", "gdzie moge", "gdzie można", "gdzie są", "gdzie znajdę", "gdzie kupię", "czemu nie działa", "skąd mogę", "co zrobić gdy", "co zrobić jeśli", "kiedy będzie", "kiedy bedzie", "kiedy dotrze", "kiedy dostanę", "kiedy dostane", "kiedy przyjdzie", "kiedy otwieracie", "kiedy mogę", "kiedy moge", "kiedy można", "kiedy wróci", "kiedy w końcu", 
            "jak długo", "jak dlugo", "jak mogę", "jak moge", "jak można", "jak mozna", "jak zrobić", "jak anulować", "jak zwrócić", "jak to zrobić", "co mam zrobić", "w jaki sposób", "w jaki sposob", "do kiedy", "od kiedy",
        ],
    ),
    (Question, Word, &["ktoś wie", "ktos wie", "chciałbym wiedzieć", "chciałabym wiedzieć", "chciałbym zapytać", "chciałabym zapytać", "mam pytanie", "prosze o informacje", "proszę o informację o", "proszę o informację czy", "proszę o informację, czy", "proszę o informację kiedy", "proszę o informację na temat", "proszę o informacje"]),
    (Thanks, Stem, &["dziękuj", "dziekuj", "dzięki", "dzieki", "dzięks", "podziękowa", "podziekowa", "podziękowan", "dziena", "dzięx", "dzienks", "wdzięczn"]),
    (NoThanks, Word, &["dzięki wam", "dzięki waszej", "dzięki waszemu", "dzięki takim", "dzięki takiej", "nie podziękowano", "nie podziękował", "nie podziękowała", "nie podziękuję", "nie podziękowali", "dzięki temu", "dzieki temu", "dzięki czemu", "dzieki czemu", "nie dziękuję", "nie, dziękuję", "nie dziekuje", "nie, dziekuje", "nie, dzięki", "dzięki niemu", "dzięki niej", "dzięki którym", "dzięki której", "dzięki za nic", "dzieki za nic", "dziękuję za taką", "dziekuje za taka"]),
    (Question, First, &["czy", "dlaczego", "czemu", "jak się", "jak sie", "po co", "który", "która", "o której", "do której", "od której", "skąd"]),
    (NoQuestion, Word, &["jak się okazało", "jak się spodziewałem", "jak się spodziewałam", "czemu nie,", "po co komu", "ile można czekać", "ile razy"]),
    // German
    (
        Question,
        Start,
        &[
            "wie lange", "wie kann", "wie viel", "wieviel", "wie viele", "wie oft", "wie bekomme", "wie komme", "wie funktioniert", "wie geht", "wie lautet", "wann kommt", "wann wird", "wann ist", "wann kann", "wann bekomme", "wann gibt", "wann öffnet", "wann macht", "wann habt", "wann sind", "wann werden", "wo ist", "wo kann", "wo finde",
            "wo bleibt", "wo sind", "wo bekomme", "kann ich", "kann man", "können sie", "könnt ihr", "könnten sie", "könntet ihr", "gibt es", "gibts", "gibt's", "habt ihr", "haben sie", "weiß jemand", "weiss jemand", "kann jemand", "kann mir jemand", "ist es möglich", "wer kann", "was kostet", "was kosten", "was muss", "was passiert", "was ist mit",
            "bis wann", "ab wann", "seit wann", "wohin", "darf ich", "seid ihr", "hat jemand", 
        ],
    ),
    (Question, Word, &["ich wollte fragen", "ich möchte fragen", "ich wollte wissen", "ich möchte wissen", "wüsste gern", "wüsste gerne", "hätte eine frage", "habe eine frage", "bitte um auskunft"]),
    (Thanks, Word, &["danke", "dankeschön", "danke schön", "vielen dank", "besten dank", "herzlichen dank", "tausend dank", "lieben dank", "bedanke mich", "bedanken uns", "dankbar", "merci", "thx", "dank an", "großes lob und dank"]),
    (NoThanks, Word, &["nein danke", "nein, danke", "danke für nichts", "danke für gar nichts", "na danke", "danke nein", "na vielen dank"]),
    (Question, First, &["warum", "wieso", "weshalb", "welche", "welcher", "welches", "ist das ein", "gilt der", "gilt die", "gilt das", "sind sie heute", "sind sie am", "sind sie noch", "muss ich etwas", "muss ich die", "muss ich den", "muss ich das", "bekomme ich eine", "bekomme ich den", "bekomme ich meine", "darf man hier"]),
    (NoQuestion, Word, &["warum auch immer", "welche enttäuschung", "welche freude", "welche frechheit", "welche überraschung", "kann ich nur", "kann ich nicht empfehlen", "kann ich sehr", "kann ich jedem", "kann ich absolut", "kann ich wärmstens", "kann ich weiterempfehlen", "kann ich empfehlen", "kann man nur", "kann man nicht", "kann man machen", "kann man sehr", "kann man empfehlen", "gibt es nichts", "gibt es nix", "wie oft habe ich", "wann ist egal"]),
    // French
    (
        Question,
        Start,
        &[
            "est-ce que", "est ce que", "est-ce qu'il", "est ce qu'il", "qu'est-ce que", "qu'est ce que", "quand est", "quand sera", "quand vais", "quand puis", "quand pourr", "quand arrive", "quand recevrai", "quand ouvr", "pourquoi", "où est", "ou est", "où puis", "où en est", "où sont", "où trouver", "combien", "pouvez-vous", "pouvez vous",
            "pourriez-vous", "pourriez vous", "avez-vous", "avez vous", "y a-t-il", "y a t-il", "y a t il", "quelle est", "quels sont", "quelles sont", "quel délai", "qui peut", "puis-je", "puis je", "peut on", "peux-tu", "c'est quand", "savez-vous", "savez vous", "quelqu'un sait", "serait-il possible", "faut-il", "dois-je", 
        ],
    ),
    (Question, Word, &["je voudrais savoir", "j'aimerais savoir", "je voulais savoir", "je souhaite savoir", "quelqu'un peut me dire", "vous savez si", "pouvez-vous me dire"]),
    (Thanks, Word, &["merci", "mercii", "vous remercie", "te remercie", "remercie toute", "à remercier", "tiens à vous remercier", "je remercie", "remerciements", "mrc", "merci beaucoup"]),
    (NoThanks, Word, &["non merci", "non, merci", "merci de me", "merci de nous", "merci de bien", "merci d'avance de", "merci d'envoyer", "merci de m'", "merci de traiter", "ne vous remercie pas", "ne remercie pas", "je ne remercie", "à la merci", "pas un merci", "sans un merci", "ni merci", "sans merci", "jamais merci", "pas même un merci", "merci pour rien", "merci de répondre", "merci de vérifier", "merci de corriger", "merci de rembourser", "merci de faire", "merci de ne"]),
    (Question, First, &["comment", "y'a quelqu'un", "y'a moyen", "y'a un délai", "quel est le", "quel est votre", "je peux payer", "je peux retourner", "je peux échanger", "je peux venir", "peut-on payer", "peut-on commander", "peut-on réserver", "peut-on retourner", "peut-on échanger", "peut-on avoir"]),
    (Question, Word, &["je me demande si", "je me demande quand"]),
    (NoQuestion, Word, &["comment dire", "comment c'est possible", "comment est-ce possible", "pourquoi pas", "combien de fois", "combien de temps ça dure", "quand est arrivé", "dois-je rappeler"]),
    // Spanish
    (
        Question,
        Start,
        &[
            "cuando va a llegar", "cuando van a enviar", "cómo puedo", "cómo hago", "cómo se", "cómo va", "cómo funciona", "como puedo", "como hago para", "como se puede", "cuánto cuesta", "cuánto tarda", "cuánto vale", "cuánto sale", "cuánto tiempo", "puedo pagar", "puedo cambiar", "puedo devolver", "puedo cancelar", "me puede decir", "me puede ayudar", "me pueden ayudar", "me podría", "me podrían", "me podéis", "se puede pagar", "se puede cambiar", "se puede devolver", "se puede reservar", "hay manera de", "qué hago", "qué pasa con", "qué horario", "qué precio", "qué día", "qué significa", "quién puede", "quién me", "tienen stock", "tienen disponible", "tienen envío", "tenéis stock", "tenéis disponible", "donde está mi", "donde esta mi", "hacen envíos", "es posible cambiar", "es posible devolver", "es posible pagar", "cuándo", "cuando llega", "cuando abren", "cuando estará", "dónde", "donde puedo", "donde queda", "por qué", "porque no puedo", "por que", "xq", "pq", "cuánta", "cuántos", "cuanto cuesta", "cuanto tarda", "cuanto vale",
            "cuanto sale", "alguien sabe", "alguien me", "que pasa con", "que hago", "cuál", "cual es", "sabéis", "sabeis", "saben si", "hasta qué hora", "hasta que hora", "a qué hora", "a que hora", 
        ],
    ),
    (Question, Word, &["quisiera saber", "quería saber", "queria saber", "me gustaría saber", "me gustaria saber", "quiero saber", "me pueden decir", "me podrían decir", "tengo una pregunta", "tengo una duda", "me podéis decir"]),
    (Thanks, Word, &["gracias", "grasias", "graciass", "agradezco", "agradecida", "agradecido", "agradecidos", "se agradece", "agradecemos", "mil gracias"]),
    (NoThanks, Word, &["no gracias", "no, gracias", "gracias por nada", "gracias a ustedes", "gracias a vosotros", "gracias al", "gracias a correos", "gracias a vuestra", "gracias a vuestro", "dan las gracias", "dan ni las gracias", "gracias a la", "gracias a su", "ni las gracias", "ni gracias", "gracias a dios", "gracias a eso", "gracias a que"]),
    (NoQuestion, Word, &["por qué no,", "cómo se nota", "cómo se agradece"]),
    // Italian
    (
        Question,
        Start,
        &[
            "quando arriva", "quando arriverà", "quando sarà", "quando apre", "quando aprite", "quando posso", "quando ricevo", "quando torna", "dove posso", "dove trovo", "dove si trova", "dove è", "dove sono i", "come si fa", "quanto ci vuole", "quanto ci mette", "posso pagare", "posso avere", "posso ordinare", "posso cambiare", "posso restituire", "posso prenotare", "posso ritirare", "potete aiutarmi", "potete inviarmi", "potreste", "si può pagare", "si può prenotare", "si può restituire", "è possibile restituire", "è possibile cambiare", "è possibile pagare", "è possibile prenotare", "quali sono", "chi può", "chi mi", "fate consegne", "fate spedizioni", "devo pagare", "dov'è", "come posso", "come faccio", "come mai", "quanto costa", "quanto tempo", "può qualcuno", 
            "c'è modo", "c'è qualcuno", "qualcuno sa", "qual è", "che fine", "a che ora", "fino a che ora", "cosa devo", "cosa succede",
        ],
    ),
    (Question, Word, &["vorrei sapere", "volevo sapere", "mi sapete dire", "sapete dirmi", "potete dirmi", "ho una domanda", "mi chiedo"]),
    (Thanks, Word, &["grazie", "graziee", "grz", "ringrazio", "ringraziare", "ringraziamenti", "ringraziamo", "ringraziandovi"]),
    (NoThanks, Word, &["no grazie", "no, grazie", "grazie al cavolo", "grazie per niente", "grazie di niente", "grazie a voi ho perso", "grazie ai", "grazie agli", "grazie alle", "neanche un grazie", "nemmeno un grazie", "non ringrazio", "grazie al", "grazie alla", "grazie allo"]),
    (Question, First, &["perché non", "perche non", "xké non"]),
    // Portuguese
    (
        Question,
        Start,
        &[
            "quando chega", "quando vai", "quando vão", "quando abre", "quando é", "quando será", "quando posso", "quando recebo", "quando vou", "onde fica", "onde posso", "onde está", "onde encontro", "onde compro", "onde vejo", "quanto custa", "quanto tempo", "quanto é", "quanto fica", "quanto sai", "quantos dias", "quantas parcelas", "posso pagar", "posso trocar", "posso devolver", "posso cancelar", "posso pedir", "podem me ajudar", "podem me informar", "poderia me", "poderiam me", "é possível trocar", "é possível devolver", "é possível cancelar", "é possível pagar", "qual é", "qual o", "quais são", "quais os", "quais as", "tem como trocar", "tem como cancelar", "tem como devolver", "tem como pagar", "quem pode", "cadê", "cade o", "como posso", "como faço", "como faco", "como fazer", "como funciona", "por que", "porquê", "pq", "vocês têm", "voces tem", "vcs tem", "vocês vão", "vcs vão", "alguém sabe",
            "alguem sabe", "alguém pode", "o que eu faço", "o que faço", "até que horas", "a que horas", "que horas", "será que", "sera que",
        ],
    ),
    (Question, Word, &["gostaria de saber", "queria saber", "quero saber", "preciso saber", "podem me dizer", "poderia me dizer", "tenho uma dúvida", "tenho uma duvida", "alguém me diz"]),
    (Thanks, Stem, &["obrigad", "agradeço", "agradeco", "agradecid", "agradecim", "agradecer"]),
    (Thanks, Word, &["obg", "obgd", "valeu", "vlw", "grata", "grato"]),
    (NoThanks, Word, &["não obrigado", "não, obrigado", "não obrigada", "não, obrigada", "nao obrigado", "nao, obrigado", "obrigado por nada", "obrigada por nada", "não valeu", "não valeu a pena", "valeu cada", "valeu o preço", "valeu muito a pena", "valeu super a pena", "brigada de", "valeu a pena", "obrigado a", "obrigada a", "obrigados a", "sou obrigado", "fui obrigado", "fui obrigada", "nem um obrigado", "obrigação", "obrigatório", "obrigatória", "obrigadas a"]),
    (Thanks, Word, &["brigado", "brigada", "brigadão"]),
    // Dutch
    (
        Question,
        Start,
        &[
            "wat is de", "wat is het telefoonnummer", "wat is jullie", "hoe kan ik", "hoe kan het dat", "kan ik dit", "kan ik het", "kan ik mijn", "kan ik nog", "kan ik ook", "kan ik een", "kan ik hier", "kan ik met", "is er nog", "is er een", "is er iemand", "waar is mijn", "waar is de", "waar zijn jullie", "waar zijn mijn", "welke maat", "welke maten", "wat moet ik doen", "moet ik betalen", "moet ik het", "moet ik een", "hoeveel kost", "hoeveel kosten", "hoeveel dagen", "hoeveel tijd", "weten jullie wanneer", "weten jullie of", "wanneer komt", "wanneer krijg", "wanneer is", "wanneer gaat", "wanneer wordt", "wanneer kan", "wanneer zijn", "wanneer gaan", "waar kan", "waar blijft", "waar vind", "hoe lang", "hoelang", "hoe laat", "hoe werkt", "hoe kom", "hoe krijg", "hoe moet", "kan iemand", "kun je", "kunnen jullie",
            "kunnen we", "kunt u", "is het mogelijk", "zijn er", "hebben jullie", "heeft iemand", "heeft u", "weet iemand", "wat kost", "wie kan", "mag ik", "gaan jullie", "tot hoe laat", 
        ],
    ),
    (Question, Word, &["ik vroeg me af", "vraag me af", "ik wil graag weten", "wil graag weten", "graag weten of", "ik wilde vragen", "heb een vraag", "kunt u mij vertellen"]),
    (Thanks, Word, &["bedankt", "dank u", "dank je", "dank jullie", "dankjewel", "dankuwel", "dank u wel", "dank je wel", "hartelijk dank", "veel dank", "dankbaar", "bedank", "bedanken", "thnx", "dankje", "duizendmaal dank"]),
    (NoThanks, Word, &["nee bedankt", "nee, bedankt", "nee dank je", "nee, dank je", "bedankt voor niets", "dank je de koekoek", "dank u voor niets", "dank je voor niets", "functie bedankt", "baan bedankt", "nou bedankt", "nou, bedankt", "nee dank u"]),
    (Question, First, &["waarom", "doen jullie"]),
    (NoQuestion, Word, &["kan ik het niet aanraden", "kan ik het iedereen aanraden", "kan ik een ieder aanraden", "kan ik iedereen", "waarom ook niet", "waar is de tijd gebleven"]),
    // A few words of other languages that customers of any shop use
    (Thanks, Within, &["谢谢", "感谢", "多谢", "謝謝"]),
    (Question, Within, &["什么时候", "怎么", "为什么", "多少钱", "了吗", "可以吗", "能吗", "有吗", "請問", "请问"]),
    (Thanks, Word, &["спасибо", "дякую", "teşekkürler", "teşekkür ederim", "mange tak", "tusind tak", "tak for", "tack så mycket", "tack för", "takk", "kiitos", "děkuji", "díky", "ďakujem", "hvala", "mulțumesc", "multumesc", "köszönöm", "terima kasih", "makasih", "شكرا", "धन्यवाद", "ขอบคุณ"]),
];
