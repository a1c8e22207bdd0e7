export declare const appPath: string
