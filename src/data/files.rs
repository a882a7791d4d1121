//! Where the files of a data set lie: in an archive, in a folder, or wherever a front end keeps them.

use crate::error::Result;

/// One of the [`Files`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path, as it came: untrusted.
    pub path: String,
    /// Its size in bytes, as declared: untrusted.
    pub size: u64,
}

/// A number of named files that are read one by one, in any order.
pub trait Files {
    /// What there is, in the order in which it is read fastest.
    fn list(&self) -> &[Listed];

    /// What people call it: the name of an archive without its ending, or that of a folder. Empty where there is none.
    fn name(&self) -> &str {
        ""
    }

    /// Files left out because another has the same name, but for upper and lower case, and the same content.
    fn repeated(&self) -> usize {
        0
    }

    /// Files left out because they are nobody's: what a Mac or another system leaves beside others.
    fn ghosts(&self) -> usize {
        0
    }

    /// Reads file `index` of [`Files::list`]; what `into` held before is dropped.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Data`] if the file is damaged, beyond a limit or gone. The other files can still be read.
    fn read(&mut self, index: usize, into: &mut Vec<u8>) -> Result<()>;
}
