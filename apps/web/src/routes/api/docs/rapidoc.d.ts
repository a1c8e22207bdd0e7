/** The package has no types; importing it registers the element `<rapi-doc>`. */
declare module 'rapidoc'
