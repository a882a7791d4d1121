//! Keeps the last lines of the log and shows warnings in the console. The GPU runtime tells of a shader that does not
//! compile in no other way.

use std::collections::VecDeque;
use std::sync::Mutex;

use log::{Level, LevelFilter, Log, Metadata, Record};
use web_sys::console;

/// Lines kept.
const LINES: usize = 40;

/// Longest line kept, in characters; a shader's source can be very long.
const LINE: usize = 500;

struct Logger {
    lines: Mutex<VecDeque<String>>,
}

static LOGGER: Logger = Logger { lines: Mutex::new(VecDeque::new()) };

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata) -> bool {
        metadata.level() <= Level::Info
    }

    fn log(&self, record: &Record) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let line: String =
            format!("{} {}: {}", record.level(), record.target(), record.args()).chars().take(LINE).collect();
        match record.level() {
            Level::Error => console::error_1(&line.as_str().into()),
            Level::Warn => console::warn_1(&line.as_str().into()),
            _ => {}
        }
        if let Ok(mut lines) = self.lines.lock() {
            if lines.len() == LINES {
                lines.pop_front();
            }
            lines.push_back(line);
        }
    }

    fn flush(&self) {}
}

/// Installs the logger; a second call does nothing.
pub fn install() {
    if log::set_logger(&LOGGER).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

/// The lines kept, oldest first.
pub fn last_lines() -> String {
    LOGGER.lines.lock().map(|lines| lines.iter().cloned().collect::<Vec<_>>().join("\n")).unwrap_or_default()
}
