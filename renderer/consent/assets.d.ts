// Files of packages that the build copies and names by their address.
declare module '*?url' {
  const address: string
  export default address
}
