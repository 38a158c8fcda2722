/** The same object but for some of its methods; the others are called on the object itself. */
export function withMethods<Target extends object>(
  target: Target,
  methods: Partial<Target>,
): Target {
  return new Proxy(target, {
    get: (_target, name) => {
      if (name in methods) return Reflect.get(methods, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
