//! Prints what was measured.

use super::tables::{By, Table};
use super::{ASKED, CLASSES, Hits, Metrics};

impl Table {
    /// Prints the table, its columns in line.
    pub fn print(&self) {
        const COUNT: usize = 7;
        let width = |name: &str| name.len().max(6);
        let title = format!("{} by {} (dev)", self.head, self.by.name());
        let counts: String = self.counts.iter().map(|name| format!(" {name:>COUNT$}")).collect();
        let scores: String = self.scores.iter().map(|name| format!("  {name:>0$}", width(name))).collect();
        println!("{title:<46}{counts}{scores}");
        for line in &self.lines {
            let name = if line.experimental { format!("{} (experimental)", line.name) } else { line.name.clone() };
            let counts: String = line.counts.iter().map(|count| format!(" {count:>COUNT$}")).collect();
            let columns = self.scores.iter().zip(&line.scores);
            let scores: String = columns.map(|(column, score)| format!("  {score:>0$.4}", width(column))).collect();
            println!("{name:<46}{counts}{scores}");
        }
        println!();
    }
}

impl Metrics {
    /// Prints the tables of each head, calibration, and the figures beside what is asked.
    pub fn print(&self) {
        println!("model {}\n* no row of this set's train part was used\n", self.model);
        for table in self.tables.iter().filter(|table| table.by != By::Label) {
            table.print();
        }
        self.tables.iter().filter(|table| table.by == By::Label).for_each(Table::print);
        self.print_languages();
        for (name, curve) in &self.curves {
            println!("calibration error {:.4} of {}: {name}", curve.ece(), curve.n());
        }
        println!("\ngolden rows with a wrong field: {} of {}\n", self.failures.wrong_rows, self.failures.rows);
        for (name, value) in &self.figures {
            println!("{value:.4}  {name}");
        }
        println!("\n{:<76} {:>14} {:>9}", "asked", "bound", "measured");
        for asked in ASKED {
            let (value, mark) = match asked.measured(&self.figures) {
                Some(value) => (format!("{value:.4}"), if asked.holds(value) { "" } else { "  not reached" }),
                None => ("-".to_string(), "  not measured"),
            };
            println!("{:<76} {:>14} {value:>9}{mark}", asked.what, asked.bound());
        }
    }

    fn print_languages(&self) {
        println!("{:<10} {:>16} {:>16} {:>16}", "language", CLASSES[0], CLASSES[1], CLASSES[2]);
        let line = |name: &str, classes: &[Hits; 3]| {
            let cell = |hits: &Hits| match hits.n {
                0 => "-".to_string(),
                n => format!("{:.4} of {n}", hits.share()),
            };
            println!("{name:<10} {:>16} {:>16} {:>16}", cell(&classes[0]), cell(&classes[1]), cell(&classes[2]));
        };
        self.languages.iter().for_each(|(code, classes)| line(code, classes));
        line("common 20", &self.common);
        println!();
    }
}
