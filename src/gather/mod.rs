//! From a source to articles: fetching, feeds, pages, folders of files.
