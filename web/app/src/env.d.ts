declare module 'virtual:land' {
  /** An SVG path, equirectangular, 960 x 480 units. */
  const path: string;
  export default path;
}
