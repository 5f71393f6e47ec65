/** Style sheets that come with what is loaded later; the bundler links them. */
declare module '*.css';
